import { must, rule } from '#engine/rule.js';
import { GroupedRights } from '../traits.js';

export default rule(GroupedRights, {
  title: 'Rights are given to roles and groups',
  family: 'access',
  safeguards: ['164.308(a)(4)(ii)(C)'],
  severity: 'info',
  check: (subject) => must(subject.holds, {
    be: (holds) => holds,
    or: () => `${subject.label} gives rights to a person directly`,
    want: 'rights of a group or role',
    show: () => undefined,
  }),
});
