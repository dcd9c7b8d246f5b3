import { Login } from '#concepts/login.js';
import { must, rule } from '#engine/rule.js';

export default rule(Login, {
  title: 'Administrators sign in as themselves',
  family: 'access',
  safeguards: ['164.312(a)(2)(i)'],
  severity: 'error',
  check: (login) => must(login.root, {
    be: (root) => root !== 'yes',
    or: () => `${login.label} lets root sign in with a password`,
    want: 'no, or with a key only',
    show: (v) => v,
    fix: { title: 'Refuse root\'s password', value: 'key only', safety: 'review', risk: 'Whoever signs in as root with a password is locked out: make sure a personal account works first.' },
  }),
});
