import { must, rule } from '#engine/rule.js';
import { checks } from '../queries.js';

export default rule(checks, {
  title: 'A new password differs from the old one',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'info',
  check: ({ difok }, policy) => (policy.passwordRotation === 'on-compromise' ? undefined : must(difok, {
    be: (characters) => characters >= 2,
    or: (characters) => (characters <= 0 ? 'The password quality check does not compare the new password with the old one' : 'The password quality check accepts an old password with one character changed'),
    want: '2 characters or more',
    fix: { title: 'Ask for two different characters', value: 2, safety: 'safe' },
  })),
});
