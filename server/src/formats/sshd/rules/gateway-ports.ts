import { must, rule } from '#engine/rule.js';
import { services } from '../queries.js';

export default rule(services, {
  title: 'Forwarded ports stay on the machine',
  family: 'firewall',
  safeguards: ['164.312(a)(1)', '164.312(e)(1)'],
  severity: 'warning',
  check: (server) => must(server.gatewayPorts, {
    be: (on) => !on,
    or: () => `${server.label} opens forwarded ports to the whole network`,
    want: 'off',
    show: (on) => (on ? 'on' : 'off'),
    fix: { title: 'Keep forwarded ports on the machine', value: false, safety: 'review', risk: 'Whoever reaches a forwarded port from another machine is cut off.' },
  }),
});
