import { Login } from '#concepts/login.js';
import { must, rule } from '#engine/rule.js';

export default rule(Login, {
  title: 'Log-in screens name nobody',
  family: 'access',
  safeguards: ['164.312(d)', '164.310(c)'],
  severity: 'info',
  check: (login) => must(login.namesShown, {
    be: (so) => !so,
    or: () => `${login.label} gives the names of accounts to whoever stands before it`,
    want: 'no names',
    show: (v) => (v ? 'names shown' : 'no names'),
    fix: { title: 'Show no names', value: false, safety: 'review', risk: 'People must type their name: see that they know it, and that night shifts do.' },
  }),
});
