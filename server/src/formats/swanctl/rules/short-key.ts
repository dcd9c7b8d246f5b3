import { must, rule } from '#engine/rule.js';
import { shortKeys } from '../queries.js';

export default rule(shortKeys, {
  title: 'Shared keys are long enough',
  family: 'transmission',
  safeguards: ['164.312(d)', '164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} is too short: even a random key of this length can be guessed`,
    want: '112 bits or more',
    show: () => undefined,
  }),
});
