import { Privilege } from '#concepts/privilege.js';
import { must, rule } from '#engine/rule.js';

export default rule(Privilege, {
  title: 'Programs have no rights close to full control',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'error',
  check: (privilege) => must(privilege.dangerous, {
    be: (names) => names.length === 0,
    or: (names) => `${privilege.label} has rights close to full control: ${names.join(', ')}`,
    want: 'not allowed',
    show: (names) => names.join(', '),
    fix: { title: 'Drop them', value: [], safety: 'review', risk: 'A program that needs one of them stops working.' },
  }),
});
