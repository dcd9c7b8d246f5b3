import { must, rule } from '#engine/rule.js';
import { guards } from '../queries.js';

export default rule(guards, {
  title: 'Each device joins with a credential of its own',
  family: 'access',
  safeguards: ['164.312(a)(2)(i)', '164.312(d)'],
  severity: 'info',
  check: ({ label, sharedKey }) => must(sharedKey, {
    be: (shared) => !shared,
    or: () => `${label} lets everybody in with one password`,
    want: 'a credential for each',
    show: (shared) => (shared ? 'one password' : 'a credential for each'),
  }),
});
