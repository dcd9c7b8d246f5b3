import { must, rule } from '#engine/rule.js';
import { joins } from '../queries.js';

export default rule(joins, {
  title: 'Computers join access points, not each other',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.312(e)(1)'],
  severity: 'warning',
  check: ({ label, peers }) => must(peers, {
    be: (so) => !so,
    or: () => `${label} joins other computers directly, past every access point`,
    want: 'an access point (ESS)',
    show: (so) => (so ? 'IBSS' : 'ESS'),
  }),
});
