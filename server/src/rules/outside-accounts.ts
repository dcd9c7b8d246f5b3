import { Login } from '#concepts/login.js';
import { must, rule } from '#engine/rule.js';

export default rule(Login, {
  title: 'Only accounts of the organization sign in',
  family: 'access',
  safeguards: ['164.312(a)(2)(i)', '164.308(a)(3)(ii)(C)'],
  severity: 'info',
  check: (login) => must(login.outsideAccounts, {
    be: (so) => !so,
    or: () => `${login.label} takes accounts that the organization does not manage`,
    want: 'own accounts only',
    show: (v) => (v ? 'any account' : 'own accounts only'),
    fix: { title: 'Take own accounts only', value: false, safety: 'review', risk: 'Programs that a person bought with an account of their own stop renewing.' },
  }),
});
