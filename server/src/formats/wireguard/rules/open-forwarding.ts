import { must, rule } from '#engine/rule.js';
import { forwards } from '../queries.js';

export default rule(forwards, {
  title: 'Peers reach only what they need',
  family: 'firewall',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'warning',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} lets every peer reach everything behind this machine`,
    want: 'destinations and ports',
    show: () => undefined,
  }),
});
