import { must, rule } from '#engine/rule.js';
import { airDrop } from '../queries.js';

export default rule(airDrop, {
  title: 'AirDrop counts as outside the apps of work',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'warning',
  check: (allowed) => must(allowed, {
    be: (v) => v,
    or: () => 'AirDrop counts as a managed destination, so that documents of work leave by it',
    want: 'outside',
    show: (v) => (v ? 'outside' : 'managed'),
    fix: { title: 'Treat AirDrop as outside', value: true, safety: 'review', risk: 'People who hand documents over by AirDrop need another way.' },
  }),
});
