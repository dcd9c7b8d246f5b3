import { must, rule } from '#engine/rule.js';
import { missingLists } from '../queries.js';

export default rule(missingLists, {
  title: 'Access lists that filter exist',
  family: 'firewall',
  safeguards: ['164.312(a)(1)', '164.312(e)(1)'],
  severity: 'error',
  check: (subject) =>
    must(subject.good, {
      be: (good) => good,
      or: () => `${subject.label} is not defined or empty, so everything passes`,
      want: 'a defined access list',
      show: () => undefined,
    }),
});
