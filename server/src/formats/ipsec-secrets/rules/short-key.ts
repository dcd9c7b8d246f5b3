import { must, rule } from '#engine/rule.js';
import { sharedKeys } from '../queries.js';

export default rule(sharedKeys, {
  title: 'Shared keys are long enough',
  family: 'transmission',
  safeguards: ['164.312(d)', '164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: (subject) => must(subject.long, {
    be: (good) => good,
    or: () => `${subject.label} holds a key that is too short: even a random one of this length can be guessed`,
    want: '112 bits or more',
    show: () => undefined,
  }),
});
