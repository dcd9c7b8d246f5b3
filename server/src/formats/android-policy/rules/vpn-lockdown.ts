import { must, rule } from '#engine/rule.js';
import { vpnLockdown } from '../queries.js';

export default rule(vpnLockdown, {
  title: 'Nothing travels outside the always-on VPN',
  family: 'transmission',
  safeguards: ['164.312(e)(1)'],
  severity: 'info',
  check: (lockdown) => must(lockdown, {
    be: (v) => v,
    or: () => 'The device goes on without the VPN when the VPN is down',
    want: 'locked down',
    show: (v) => (v ? 'locked down' : 'open'),
    fix: { title: 'Stop traffic outside the VPN', value: true, safety: 'review', risk: 'While the gateway is down the device reaches nothing: name the emergency access procedure, 164.312(a)(2)(ii), first.' },
  }),
});
