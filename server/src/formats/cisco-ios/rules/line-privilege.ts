import { must, rule } from '#engine/rule.js';
import { linePrivileges } from '../queries.js';

export default rule(linePrivileges, {
  title: 'A sign-in does not start with full rights',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'warning',
  check: (subject) =>
    must(subject.good, {
      be: (good) => good,
      or: () => `${subject.label} gives full rights to everyone who signs in`,
      want: 'the rights of the account',
      show: () => undefined,
      fix: {
        title: 'Start with the rights of the account',
        value: true,
        safety: 'review',
        risk: 'Scripts that sign in here need an account with the rights they use.',
      },
    }),
});
