import { must, rule } from '#engine/rule.js';
import { services } from '../queries.js';

export default rule(services, {
  title: 'Connections are not passed on',
  family: 'firewall',
  safeguards: ['164.312(a)(1)'],
  severity: 'info',
  check: (server) => must(server.tcpForwarding, {
    be: (on) => !on,
    or: () => `${server.label} passes on connections, past the rules of the firewall`,
    want: 'off',
    show: (on) => (on ? 'on' : 'off'),
  }),
});
