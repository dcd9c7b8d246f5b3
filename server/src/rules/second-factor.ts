import { Login } from '#concepts/login.js';
import { must, rule } from '#engine/rule.js';

export default rule(Login, {
  title: 'Sign-in asks for a second factor',
  family: 'access',
  safeguards: ['164.312(d)'],
  severity: 'info',
  check: (login) => must(login.secondFactor, {
    be: (second) => second,
    or: () => `${login.label} accepts a password alone`,
    want: 'a second factor',
    show: (v) => (v ? 'asked for' : 'not asked for'),
    fix: { title: 'Ask for a second factor', value: true, safety: 'review', risk: 'People who have not enrolled a second factor cannot sign in.' },
  }),
});
