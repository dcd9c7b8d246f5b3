import { must, rule } from '#engine/rule.js';
import { passwordLogs } from '../queries.js';

export default rule(passwordLogs, {
  title: 'Passwords are not written to the log',
  family: 'secrets',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} shows passwords`,
    want: 'hide-password',
    show: () => undefined,
    fix: { title: 'Hide passwords', value: true, safety: 'safe' },
  }),
});
