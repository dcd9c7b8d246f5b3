import { Port } from '#concepts/port.js';
import { must, rule } from '#engine/rule.js';

export default rule(Port, {
  title: 'Ports that are not needed are closed',
  family: 'access',
  safeguards: ['164.310(c)', '164.310(d)(1)'],
  severity: 'info',
  check: (port) => must(port.open, {
    be: (open) => !open,
    or: () => `${port.label} is open to anyone who can touch the device`,
    want: 'closed',
    show: (v) => (v ? 'open' : 'closed'),
    fix: { title: 'Close the port', value: false, safety: 'review', risk: 'Whatever uses the port stops working.' },
  }),
});
