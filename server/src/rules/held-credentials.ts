import { Login } from '#concepts/login.js';
import { must, rule } from '#engine/rule.js';

export default rule(Login, {
  title: 'Log-ins that are kept or passed on are protected',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(5)(ii)(B)'],
  severity: 'warning',
  check: (login) => must(login.exposed, {
    be: (exposed) => !exposed,
    or: () => `${login.label} leaves log-ins where malicious software can take them`,
    want: 'protected',
    show: (exposed) => (exposed ? 'exposed' : 'protected'),
    fix: { title: 'Protect held log-ins', value: false, safety: 'review', risk: 'Try it on one computer of each kind first.' },
  }),
});
