import { must, rule } from '#engine/rule.js';
import { accountDefaults } from '../queries.js';

export default rule(accountDefaults, {
  title: 'New files are closed to other people',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'info',
  check: ({ umask }) => must(umask, {
    be: (mask) => (mask & 0o007) === 0o007,
    or: (mask) => `New files may be ${(mask & 0o002) === 0 ? 'changed' : 'read'} by everyone on the machine`,
    want: '027',
    show: (mask) => mask.toString(8).padStart(3, '0'),
    fix: { title: 'Close new files to other people', value: 0o027, safety: 'review', risk: 'Programs that hand files to each other through a shared folder need a common group.' },
  }),
});
