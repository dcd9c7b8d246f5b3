import { Login } from '#concepts/login.js';
import { must, rule } from '#engine/rule.js';

export default rule(Login, {
  title: 'Log-ins are proven with a strong method',
  family: 'access',
  safeguards: ['164.312(d)'],
  severity: 'error',
  check: (login) => must(login.method, {
    be: (method) => method === 'password' || method === 'strong',
    or: (method) => (method === 'none' ? `${login.label} asks for no proof of identity`
      : method === 'imitable' ? `${login.label} can be passed with a copy of what it looks for` : `${login.label} proves identity with a method that gives the password away`),
    want: 'strong',
    fix: { title: 'Use a strong method', value: 'strong', safety: 'review', risk: 'Clients that cannot use the method, and accounts without a matching password, are refused.' },
  }),
});
