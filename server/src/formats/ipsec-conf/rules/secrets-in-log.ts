import { must, rule } from '#engine/rule.js';
import { debugging } from '../queries.js';

export default rule(debugging, {
  title: 'Keys are not written to the log',
  family: 'secrets',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} holds keys and passwords at this level`,
    want: 'a lower level',
    show: () => undefined,
    fix: { title: 'Log without secrets', value: true, safety: 'safe' },
  }),
});
