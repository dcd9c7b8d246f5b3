import { Login } from '#concepts/login.js';
import { must, rule } from '#engine/rule.js';

export default rule(Login, {
  title: 'A session begins with a proof of who is there',
  family: 'access',
  safeguards: ['164.312(d)', '164.312(a)(1)'],
  severity: 'warning',
  check: (login) => must(login.provenFirst, {
    be: (first) => first,
    or: () => `${login.label} opens a session before it knows who asks`,
    want: 'proof first',
    show: (first) => (first ? 'proof first' : 'session first'),
    fix: { title: 'Ask who is there first', value: true, safety: 'review', risk: 'Keep another way to the computer until the new one works.' },
  }),
});
