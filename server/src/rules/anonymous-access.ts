import { Login } from '#concepts/login.js';
import { must, rule } from '#engine/rule.js';

export default rule(Login, {
  title: 'Nobody comes in without saying who they are',
  family: 'access',
  safeguards: ['164.312(d)', '164.312(a)(2)(i)'],
  severity: 'error',
  check: (login) => must(login.anonymous, {
    be: (anonymous) => !anonymous,
    or: () => `${login.label} lets anyone in without a log-in`,
    want: 'no anonymous access',
    show: (v) => (v ? 'anonymous access' : 'none'),
    fix: { title: 'Refuse anonymous access', value: false, safety: 'review', risk: 'Devices that connect without an account are refused until they have one.' },
  }),
});
