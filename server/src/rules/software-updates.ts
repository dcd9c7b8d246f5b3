import { Software } from '#concepts/software.js';
import { must, rule } from '#engine/rule.js';

export default rule(Software, {
  title: 'Security updates are installed',
  family: 'malware',
  safeguards: ['164.308(a)(5)(ii)(B)', '164.308(a)(1)(ii)(B)'],
  severity: 'warning',
  check: (software) => must(software.updated, {
    be: (on) => on,
    or: () => `${software.label} does not install security updates`,
    want: 'updated',
    show: (v) => (v ? 'on' : 'off'),
  }),
});
