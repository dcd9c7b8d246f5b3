import { must, rule } from '#engine/rule.js';
import { passwordEncryption } from '../queries.js';

export default rule(passwordEncryption, {
  title: 'Passwords are not shown as they were typed',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: (subject) =>
    must(subject.good, {
      be: (good) => good,
      or: () => `${subject.label} shows passwords as they were typed`,
      want: 'service password-encryption',
      show: () => undefined,
      fix: { title: 'Hide passwords', value: true, safety: 'safe' },
    }),
});
