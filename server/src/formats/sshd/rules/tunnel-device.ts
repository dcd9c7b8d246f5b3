import { must, rule } from '#engine/rule.js';
import { services } from '../queries.js';

export default rule(services, {
  title: 'Networks are not joined over SSH',
  family: 'firewall',
  safeguards: ['164.312(a)(1)', '164.312(e)(1)'],
  severity: 'warning',
  check: (server) => must(server.tunnelDevice, {
    be: (on) => !on,
    or: () => `${server.label} lets people join networks through it, past the firewall`,
    want: 'off',
    show: (on) => (on ? 'on' : 'off'),
    fix: { title: 'Refuse tunnel devices', value: false, safety: 'review', risk: 'Networks that are joined this way are cut apart.' },
  }),
});
