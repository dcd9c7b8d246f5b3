import { Privilege } from '#concepts/privilege.js';
import { must, rule } from '#engine/rule.js';

export default rule(Privilege, {
  title: 'Programs do not run as root',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'warning',
  check: (privilege) => must(privilege.root, {
    be: (may) => !may,
    or: () => `${privilege.label} runs as root`,
    want: 'not allowed',
    show: (v) => (v ? 'allowed' : 'not allowed'),
    fix: { title: 'Run as another user', value: false, safety: 'review', risk: 'Files owned by root and ports below 1024 may be out of reach for the new user.' },
  }),
});
