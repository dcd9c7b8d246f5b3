import { must, rule } from '#engine/rule.js';
import { Updates } from '../queries.js';

export default rule(Updates, {
  title: 'New programs are loaded only with a key',
  family: 'malware',
  safeguards: ['164.312(c)(1)', '164.308(a)(5)(ii)(B)'],
  severity: 'error',
  check: ({ label, guarded }) => must(guarded, {
    be: (asked) => asked,
    or: () => `${label} takes a new program from anyone in the network`,
    want: 'a password or a key',
    show: (asked) => (asked ? 'asked for' : 'none'),
  }),
});
