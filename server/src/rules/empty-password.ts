import { Login } from '#concepts/login.js';
import { must, rule } from '#engine/rule.js';

export default rule(Login, {
  title: 'Accounts without a password cannot sign in',
  family: 'access',
  safeguards: ['164.312(d)', '164.308(a)(5)(ii)(D)'],
  severity: 'error',
  check: (login) => must(login.emptyPassword, {
    be: (empty) => !empty,
    or: () => `${login.label} lets accounts with an empty password sign in`,
    want: 'refused',
    show: (v) => (v ? 'accepted' : 'refused'),
    fix: { title: 'Refuse empty passwords', value: false, safety: 'review', risk: 'Accounts that have no password can no longer sign in: set one first.' },
  }),
});
