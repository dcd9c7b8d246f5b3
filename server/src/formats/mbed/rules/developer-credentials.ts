import { must, rule } from '#engine/rule.js';
import { developerMode } from '../queries.js';

export default rule(developerMode, {
  title: 'Each device has a certificate of its own',
  family: 'access',
  safeguards: ['164.312(d)', '164.312(a)(2)(i)'],
  severity: 'warning',
  check: (mode) => must(mode, {
    be: (on) => !on,
    or: () => 'Every device signs in with the certificate of one developer',
    want: 'a certificate for each',
    show: (on) => (on ? 'the developer\'s' : 'its own'),
  }),
});
