import { must, rule } from '#engine/rule.js';
import { PrivateAddress } from '../traits.js';

export default rule(PrivateAddress, {
  title: 'Machines have no public address',
  family: 'firewall',
  safeguards: ['164.312(a)(1)', '164.312(e)(1)'],
  severity: 'warning',
  check: (subject) => must(subject.holds, {
    be: (holds) => holds,
    or: () => `${subject.label} comes with public addresses`,
    want: 'no public address',
    show: () => undefined,
    fix: { title: 'Take the public address away', value: true, safety: 'review', risk: 'The machine is replaced or loses its way to the Internet: give the subnet a NAT gateway first.' },
  }),
});
