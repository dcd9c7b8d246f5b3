import { Privilege } from '#concepts/privilege.js';
import { must, rule } from '#engine/rule.js';

export default rule(Privilege, {
  title: 'Rights are granted one by one',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'error',
  check: (privilege) => must(privilege.everything, {
    be: (may) => !may,
    or: () => `${privilege.label} may do everything`,
    want: 'not allowed',
    show: (v) => (v ? 'allowed' : 'not allowed'),
    fix: { title: 'Grant named rights only', value: false, safety: 'review', risk: 'Whatever relied on the wide grant stops until its rights are named.' },
  }),
});
