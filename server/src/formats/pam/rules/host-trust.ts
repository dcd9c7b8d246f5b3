import { must, rule } from '#engine/rule.js';
import { hostTrust } from '../queries.js';

export default rule(hostTrust, {
  title: 'People prove who they are, not their machines',
  family: 'access',
  safeguards: ['164.312(d)', '164.312(a)(2)(i)'],
  severity: 'error',
  check: ({ label, sound }) => must(sound, {
    be: (proven) => proven,
    or: () => `${label} lets people in on the word of another machine`,
    want: 'a proof by the person',
    show: (proven) => (proven ? 'proven' : 'trusted'),
  }),
});
