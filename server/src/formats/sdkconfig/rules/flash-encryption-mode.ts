import { must, rule } from '#engine/rule.js';
import { chipGuard } from '../queries.js';

export default rule(chipGuard, {
  title: 'Encrypted flash cannot be written in clear again',
  family: 'at-rest',
  safeguards: ['164.312(a)(2)(iv)', '164.310(d)(1)'],
  severity: 'error',
  check: ({ development }) => must(development, {
    be: (on) => !on,
    or: () => 'Flash encryption is in development mode, in which the serial port still accepts firmware in clear',
    want: 'release mode',
    show: (on) => (on ? 'development mode' : 'release mode'),
  }),
});
