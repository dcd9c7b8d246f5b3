import { must, rule } from '#engine/rule.js';
import { recoveryKeys } from '../queries.js';

export default rule(recoveryKeys, {
  title: 'Encrypted drives can be opened in an emergency',
  family: 'at-rest',
  safeguards: ['164.312(a)(2)(ii)', '164.312(a)(2)(iv)'],
  severity: 'warning',
  check: ({ safe, says }) => must(safe, {
    be: (so) => so,
    or: () => says,
    want: 'kept',
    show: (so) => (so ? 'kept' : 'not so'),
    fix: { title: 'Keep the recovery key', value: true, safety: 'review', risk: 'Check afterwards that the key of every computer has arrived.' },
  }),
});
