import { must, rule } from '#engine/rule.js';
import { checks } from '../queries.js';

export default rule(checks, {
  title: 'Bad passwords are refused',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'error',
  check: ({ enforcing }) => must(enforcing, {
    be: (on) => on !== 0,
    or: () => 'The password quality check warns about a bad password and accepts it',
    want: 'refused',
    show: (on) => (on ? 'refused' : 'accepted with a warning'),
    fix: { title: 'Refuse bad passwords', value: 1, safety: 'safe' },
  }),
});
