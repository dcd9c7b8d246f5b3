import { must, rule } from '#engine/rule.js';
import { linePasswords } from '../queries.js';

export default rule(linePasswords, {
  title: 'Each person signs in with an account',
  family: 'access',
  safeguards: ['164.312(a)(2)(i)'],
  severity: 'error',
  check: (subject) =>
    must(subject.good, {
      be: (good) => good,
      or: () => `${subject.label} asks for one password that all who use it share`,
      want: 'login local, or an authentication list',
      show: () => undefined,
      fix: { title: 'Ask for an account', value: true, safety: 'review', risk: 'Who has no account on the device can no longer sign in on this line.' },
    }),
});
