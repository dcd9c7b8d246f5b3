import { Disclosure } from '#concepts/disclosure.js';
import { must, rule } from '#engine/rule.js';

export default rule(Disclosure, {
  title: 'What is on a device stays with services under contract',
  family: 'access',
  safeguards: ['164.308(b)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'info',
  check: (disclosure) => must(disclosure.outside, {
    be: (so) => !so,
    or: () => `${disclosure.label} may take what people write, say or keep to a service outside`,
    want: 'kept inside',
    show: (v) => (v ? 'may leave' : 'kept inside'),
    fix: { title: 'Keep it inside', value: false, safety: 'review', risk: 'What people keep there is no longer at hand: let them save it first, and offer a service under contract.' },
  }),
});
