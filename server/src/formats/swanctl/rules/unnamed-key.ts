import { must, rule } from '#engine/rule.js';
import { unnamedKeys } from '../queries.js';

export default rule(unnamedKeys, {
  title: 'A shared key names whom it is for',
  family: 'transmission',
  safeguards: ['164.312(d)', '164.312(a)(2)(i)'],
  severity: 'warning',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} is a shared key for every other end`,
    want: 'an identity',
    show: () => undefined,
  }),
});
