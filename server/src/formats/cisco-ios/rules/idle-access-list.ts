import { must, rule } from '#engine/rule.js';
import { idleLists } from '../queries.js';

export default rule(idleLists, {
  title: 'Access lists filter something',
  family: 'firewall',
  safeguards: ['164.312(a)(1)', '164.312(e)(1)'],
  severity: 'error',
  check: (subject) =>
    must(subject.good, {
      be: (good) => good,
      or: () => `${subject.label} lets everything through, and no line before it denies anything`,
      want: 'named traffic only',
      show: () => undefined,
    }),
});
