import { Backup } from '#concepts/backup.js';
import { must, rule } from '#engine/rule.js';

export default rule(Backup, {
  title: 'Backups are encrypted',
  family: 'backup',
  safeguards: ['164.312(a)(2)(iv)'],
  severity: 'error',
  check: (backup) => must(backup.encrypted, {
    be: (encrypted) => encrypted,
    or: () => `${backup.label} writes backups without encryption`,
    want: 'encrypted',
    show: (v) => (v ? 'encrypted' : 'not encrypted'),
    fix: { title: 'Encrypt backups', value: true, safety: 'review', risk: 'Without the key the backups are lost: store it in two places first.' },
  }),
});
