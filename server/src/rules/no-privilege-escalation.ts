import { Privilege } from '#concepts/privilege.js';
import { must, rule } from '#engine/rule.js';

export default rule(Privilege, {
  title: 'Programs cannot gain more rights',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'warning',
  precaution: true,
  check: (privilege) => must(privilege.escalation, {
    be: (may) => !may,
    or: () => `${privilege.label} may gain more rights than it was started with`,
    want: 'not allowed',
    show: (v) => (v ? 'allowed' : 'not allowed'),
    fix: { title: 'Forbid gaining rights', value: false, safety: 'review', risk: 'Programs that rely on gaining rights, such as set-user-id files or installers that run as somebody else, stop working.' },
  }),
});
