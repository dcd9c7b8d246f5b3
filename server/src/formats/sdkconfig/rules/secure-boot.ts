import { must, rule } from '#engine/rule.js';
import { chipGuard } from '../queries.js';

export default rule(chipGuard, {
  title: 'The chip refuses a boot loader nobody signed',
  family: 'malware',
  safeguards: ['164.312(c)(1)', '164.310(d)(1)'],
  severity: 'info',
  check: ({ secureBoot }) => must(secureBoot, {
    be: (on) => on,
    or: () => 'Whoever holds the device can write firmware of their own into it by cable',
    want: 'secure boot',
    show: (on) => (on ? 'secure boot' : 'none'),
  }),
});
