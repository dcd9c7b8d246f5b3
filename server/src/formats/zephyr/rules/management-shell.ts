import { must, rule } from '#engine/rule.js';
import { managementShell } from '../queries.js';

export default rule(managementShell, {
  title: 'Device management runs no shell commands',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'warning',
  check: (open) => must(open, {
    be: (on) => !on,
    or: () => 'Whoever manages the device over the air may run any shell command on it',
    want: 'not offered',
    show: (on) => (on ? 'offered' : 'not offered'),
    fix: { title: 'Take the shell out of device management', value: false, safety: 'review', risk: 'Service tools that send shell commands stop working.' },
  }),
});
