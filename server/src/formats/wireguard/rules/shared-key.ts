import { must, rule } from '#engine/rule.js';
import { peerKeys } from '../queries.js';

export default rule(peerKeys, {
  title: 'Each peer has a key of its own',
  family: 'access',
  safeguards: ['164.312(a)(2)(i)', '164.312(d)'],
  severity: 'warning',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} has the key of another peer`,
    want: 'one key for each peer',
    show: () => undefined,
  }),
});
