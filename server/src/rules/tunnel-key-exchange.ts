import { Tunnel } from '#concepts/tunnel.js';
import { must, rule } from '#engine/rule.js';

export default rule(Tunnel, {
  title: 'Tunnels exchange keys with strong groups',
  family: 'transmission',
  safeguards: ['164.312(e)(2)(ii)'],
  severity: 'error',
  check: (tunnel) => must(tunnel.weakGroups, {
    be: (weak) => weak.length === 0,
    or: (weak) => `${tunnel.label} accepts weak Diffie-Hellman groups: ${weak.join(', ')}`,
    want: 'group 14 or better',
    show: (weak) => weak.join(', '),
    fix: { title: 'Use strong groups', value: [], safety: 'review', risk: 'The other end must offer the same group, or the tunnel stays down.' },
  }),
});
