import { must, rule } from '#engine/rule.js';
import { held } from '../queries.js';

export default rule(held, {
  title: 'Log-ins that Windows holds are protected',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(5)(ii)(B)'],
  severity: 'warning',
  check: ({ safe, says }) => must(safe, {
    be: (so) => so,
    or: () => says,
    want: 'protected',
    show: (so) => (so ? 'protected' : 'not so'),
    fix: { title: 'Protect held log-ins', value: true, safety: 'review', risk: 'Try it on one computer of each kind first.' },
  }),
});
