import { must, rule } from '#engine/rule.js';
import { NarrowRole } from '../traits.js';

export default rule(NarrowRole, {
  title: 'Roles of a cluster give what one task needs',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'warning',
  check: (subject) => must(subject.holds, {
    be: (holds) => holds,
    or: () => `${subject.label} gives more than one task needs`,
    want: 'named verbs and kinds',
    show: () => undefined,
  }),
});
