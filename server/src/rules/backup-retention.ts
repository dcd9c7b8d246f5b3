import { Backup } from '#concepts/backup.js';
import { must, rule } from '#engine/rule.js';

export default rule(Backup, {
  title: 'Backups are kept long enough',
  family: 'backup',
  safeguards: ['164.308(a)(7)(ii)(A)'],
  severity: 'info',
  check: (backup, policy) => must(backup.retention, {
    be: (days) => days >= policy.backupRetention,
    or: (days) => (days <= 0 ? `${backup.label} keeps no backups` : `${backup.label} keeps backups for ${days} day${days === 1 ? '' : 's'}`),
    policy: 'backupRetention',
    show: (d) => (d === Infinity ? 'for ever' : `${d} days`),
    fix: { title: 'Keep backups longer', value: policy.backupRetention, safety: 'review', risk: 'Backups take room and money.' },
  }, policy),
});
