import { must, rule } from '#engine/rule.js';
import { NetworkLimits } from '../traits.js';

export default rule(NetworkLimits, {
  title: 'Services answer named networks only',
  family: 'firewall',
  safeguards: ['164.312(a)(1)', '164.312(e)(1)'],
  severity: 'warning',
  check: (subject) => must(subject.holds, {
    be: (holds) => holds,
    or: () => `${subject.label} answers every network`,
    want: 'named networks',
    show: () => undefined,
    fix: { title: 'Close the public address', value: true, safety: 'review', risk: 'Clients need a private endpoint or a rule first, or they are cut off.' },
  }),
});
