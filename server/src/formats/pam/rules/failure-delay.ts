import { must, rule } from '#engine/rule.js';
import { hasty } from '../queries.js';

export default rule(hasty, {
  title: 'A wrong password is answered slowly',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(C)'],
  severity: 'info',
  check: ({ label, nodelay }) => must(nodelay, {
    be: (off) => !off,
    or: () => `${label} answers a wrong password at once, so that guesses can follow each other fast`,
    want: 'a delay of about two seconds',
    show: (off) => (off ? 'no delay' : 'a delay'),
    fix: { title: 'Wait after a wrong password', value: false, safety: 'safe' },
  }),
});
