import { Backup } from '#concepts/backup.js';
import { must, rule } from '#engine/rule.js';

export default rule(Backup, {
  title: 'Backups are kept apart',
  family: 'backup',
  safeguards: ['164.308(a)(7)(ii)(A)'],
  severity: 'warning',
  check: (backup) => must(backup.separate, {
    be: (apart) => apart,
    or: () => `${backup.label} keeps backups beside the original`,
    want: 'apart',
    show: (v) => (v ? 'apart' : 'together'),
  }),
});
