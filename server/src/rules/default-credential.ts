import { Login } from '#concepts/login.js';
import { must, rule } from '#engine/rule.js';

export default rule(Login, {
  title: 'Shipped passwords are changed',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)', '164.312(d)'],
  severity: 'error',
  check: (login) => must(login.defaultCredential, {
    be: (shipped) => !shipped,
    or: () => `${login.label} still works with the password it was shipped with`,
    want: 'changed',
    show: (v) => (v ? 'unchanged' : 'changed'),
  }),
});
