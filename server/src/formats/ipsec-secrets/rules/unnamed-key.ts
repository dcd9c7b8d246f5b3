import { must, rule } from '#engine/rule.js';
import { sharedKeys } from '../queries.js';

export default rule(sharedKeys, {
  title: 'A shared key names whom it is for',
  family: 'transmission',
  safeguards: ['164.312(d)', '164.312(a)(2)(i)'],
  severity: 'warning',
  check: (subject) => must(subject.named, {
    be: (good) => good,
    or: () => `${subject.label} holds a key for every other end`,
    want: 'the two ends it is for',
    show: () => undefined,
  }),
});
