import { Disclosure } from '#concepts/disclosure.js';
import { must, rule } from '#engine/rule.js';

export default rule(Disclosure, {
  title: 'A locked device gives nothing away',
  family: 'access',
  safeguards: ['164.310(c)', '164.312(a)(1)'],
  severity: 'info',
  check: (disclosure) => must(disclosure.whileLocked, {
    be: (so) => !so,
    or: () => `${disclosure.label} can be used or read while the device is locked`,
    want: 'off while locked',
    show: (v) => (v ? 'while locked' : 'off while locked'),
    fix: { title: 'Switch it off while the device is locked', value: false, safety: 'review', risk: 'People must unlock the device for it: agree on it where seconds count.' },
  }),
});
