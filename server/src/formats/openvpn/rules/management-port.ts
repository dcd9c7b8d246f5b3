import { must, rule } from '#engine/rule.js';
import { managementPorts } from '../queries.js';

export default rule(managementPorts, {
  title: 'The control port is closed to others',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'error',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} can be controlled over the network or without a password`,
    want: 'a local socket',
    show: () => undefined,
  }),
});
