import { Backup } from '#concepts/backup.js';
import { must, rule } from '#engine/rule.js';

export default rule(Backup, {
  title: 'Data is backed up',
  family: 'backup',
  safeguards: ['164.308(a)(7)(ii)(A)'],
  severity: 'warning',
  check: (backup) => must(backup.enabled, {
    be: (on) => on,
    or: () => `${backup.label} makes no backups`,
    want: 'backups',
    show: (v) => (v ? 'on' : 'off'),
    fix: { title: 'Make backups', value: true, safety: 'safe' },
  }),
});
