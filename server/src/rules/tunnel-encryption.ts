import { Tunnel } from '#concepts/tunnel.js';
import { must, rule } from '#engine/rule.js';

export default rule(Tunnel, {
  title: 'Tunnels encrypt what they carry',
  family: 'transmission',
  safeguards: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
  severity: 'error',
  check: (tunnel) => must(tunnel.encrypted, {
    be: (encrypted) => encrypted,
    or: () => `${tunnel.label} carries data without encryption of its own`,
    want: 'encrypted',
    show: (v) => (v ? 'encrypted' : 'not encrypted'),
    fix: { title: 'Require encryption', value: true, safety: 'review', risk: 'The other end must be configured the same way before the tunnel comes up again.' },
  }),
});
