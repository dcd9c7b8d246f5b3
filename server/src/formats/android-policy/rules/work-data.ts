import { must, rule } from '#engine/rule.js';
import { workData } from '../queries.js';

export default rule(workData, {
  title: 'Data of work stays in the work profile',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'warning',
  check: ({ what, open }) => must(open, {
    be: (v) => !v,
    or: () => what,
    want: 'kept in the work profile',
    show: (v) => (v ? 'allowed' : 'refused'),
    fix: { title: 'Keep it in the work profile', value: false, safety: 'review', risk: 'People who hand data over to personal apps need an app of work for it first.' },
  }),
});
