import { must, rule } from '#engine/rule.js';
import { dhcpSnooping } from '../queries.js';

export default rule(dhcpSnooping, {
  title: 'Addresses come from known servers only',
  family: 'access',
  safeguards: ['164.312(e)(1)'],
  severity: 'info',
  check: (subject) =>
    must(subject.good, {
      be: (good) => good,
      or: () => `${subject.label} lets any port hand out addresses (no DHCP snooping)`,
      want: 'ip dhcp snooping with its VLANs',
      show: () => undefined,
    }),
});
