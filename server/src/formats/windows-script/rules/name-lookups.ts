import { must, rule } from '#engine/rule.js';
import { lookups } from '../queries.js';

export default rule(lookups, {
  title: 'Names are looked up where they are kept',
  family: 'transmission',
  safeguards: ['164.312(e)(1)'],
  severity: 'warning',
  check: ({ safe, says }) => must(safe, {
    be: (so) => so,
    or: () => says,
    want: 'by DNS',
    show: (so) => (so ? 'by DNS' : 'not so'),
    fix: { title: 'Ask the DNS server alone', value: true, safety: 'review', risk: 'Check that every device clinical staff use has a name in DNS.' },
  }),
});
