import { must, rule } from '#engine/rule.js';
import { wildcardKeys } from '../queries.js';

export default rule(wildcardKeys, {
  title: 'Each tunnel peer has a key of its own',
  family: 'transmission',
  safeguards: ['164.312(d)', '164.312(e)(1)'],
  severity: 'error',
  check: (subject) =>
    must(subject.good, {
      be: (good) => good,
      or: () => `${subject.label} is accepted from every address`,
      want: 'one key for each peer',
      show: () => undefined,
    }),
});
