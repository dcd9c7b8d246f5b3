import { must, rule } from '#engine/rule.js';
import { addresses } from '../queries.js';

export default rule(addresses, {
  title: 'Each address belongs to one peer',
  family: 'transmission',
  safeguards: ['164.312(d)', '164.312(a)(1)'],
  severity: 'warning',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} takes addresses that another peer was given`,
    want: 'addresses of its own',
    show: () => undefined,
  }),
});
