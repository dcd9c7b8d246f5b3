import { Tunnel } from '#concepts/tunnel.js';
import { must, rule } from '#engine/rule.js';

export default rule(Tunnel, {
  title: 'Tunnels renew their keys independently',
  family: 'transmission',
  safeguards: ['164.312(e)(2)(ii)'],
  severity: 'warning',
  check: (tunnel) => must(tunnel.forwardSecrecy, {
    be: (secret) => secret,
    or: () => `${tunnel.label} renews its keys without forward secrecy`,
    want: 'forward secrecy',
    show: (v) => (v ? 'on' : 'off'),
    fix: { title: 'Ask for forward secrecy', value: true, safety: 'review', risk: 'The other end must ask for it too.' },
  }),
});
