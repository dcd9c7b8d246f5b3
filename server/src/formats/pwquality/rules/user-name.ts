import { must, rule } from '#engine/rule.js';
import { checks } from '../queries.js';

export default rule(checks, {
  title: 'A password does not hold the user name',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: ({ usercheck }) => must(usercheck, {
    be: (on) => on !== 0,
    or: () => 'The password quality check accepts the user name as part of the password',
    want: 'refused',
    show: (on) => (on ? 'refused' : 'accepted'),
    fix: { title: 'Refuse the user name', value: 1, safety: 'safe' },
  }),
});
