import { must, rule } from '#engine/rule.js';
import { InternalTraffic } from '../traits.js';

export default rule(InternalTraffic, {
  title: 'Traffic behind the front travels encrypted',
  family: 'transmission',
  safeguards: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
  severity: 'warning',
  check: (subject) => must(subject.holds, {
    be: (holds) => holds,
    or: () => `${subject.label} carries data between its own machines without encryption`,
    want: 'encrypted',
    show: () => undefined,
    fix: { title: 'Encrypt the traffic inside', value: true, safety: 'review', risk: 'Some services are replaced or restarted for it, and targets need a certificate.' },
  }),
});
