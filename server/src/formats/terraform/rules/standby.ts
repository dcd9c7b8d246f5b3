import { must, rule } from '#engine/rule.js';
import { Standby } from '../traits.js';

export default rule(Standby, {
  title: 'A second copy takes over',
  family: 'backup',
  safeguards: ['164.308(a)(7)(ii)(C)'],
  severity: 'info',
  check: (subject) => must(subject.holds, {
    be: (holds) => holds,
    or: () => `${subject.label} has no second copy in another zone`,
    want: 'a standby',
    show: () => undefined,
    fix: { title: 'Keep a standby in another zone', value: true, safety: 'review', risk: 'It doubles the cost, and switching it on can slow the database down for a while.' },
  }),
});
