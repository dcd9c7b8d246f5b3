import { must, rule } from '#engine/rule.js';
import { bases } from '../queries.js';

export default rule(bases, {
  title: 'The menu of start options is hidden',
  family: 'access',
  safeguards: ['164.310(c)'],
  severity: 'info',
  check: ({ policy: { label }, of }) => must(of('Enabled:Advanced Boot Options Menu'), {
    be: (shown) => !shown,
    or: () => `${label} shows whoever sits at the computer the menu of start options (F8)`,
    want: 'no menu',
    show: (shown) => (shown ? 'shown' : 'no menu'),
    fix: { title: 'Show no start options', value: false, safety: 'review',
      risk: 'A computer that does not start can no longer be repaired by way of F8: keep recovery media, '
        + 'and name in the emergency access procedure, 164.312(a)(2)(ii), who brings it back.' },
  }),
});
