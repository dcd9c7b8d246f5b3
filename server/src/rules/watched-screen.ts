import { Disclosure } from '#concepts/disclosure.js';
import { must, rule } from '#engine/rule.js';

export default rule(Disclosure, {
  title: 'Nobody else sees, steers or records the screen',
  family: 'access',
  safeguards: ['164.310(b)', '164.312(a)(1)'],
  severity: 'info',
  check: (disclosure) => must(disclosure.watched, {
    be: (so) => !so,
    or: () => `${disclosure.label} may show or record what happens at the device`,
    want: 'off',
    show: (v) => (v ? 'allowed' : 'off'),
    fix: { title: 'Switch it off', value: false, safety: 'review', risk: 'Help desks and lessons that look at the screen need another way.' },
  }),
});
