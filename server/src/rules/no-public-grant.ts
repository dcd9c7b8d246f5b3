import { Privilege } from '#concepts/privilege.js';
import { must, rule } from '#engine/rule.js';

export default rule(Privilege, {
  title: 'Rights are granted to named parties',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'error',
  check: (privilege) => must(privilege.anyone, {
    be: (may) => !may,
    or: () => `${privilege.label} may be used by anyone`,
    want: 'not allowed',
    show: (v) => (v ? 'allowed' : 'not allowed'),
    fix: { title: 'Grant to named parties only', value: false, safety: 'review', risk: 'Users that are not named are cut off.' },
  }),
});
