import { Tunnel } from '#concepts/tunnel.js';
import { must, rule } from '#engine/rule.js';

export default rule(Tunnel, {
  title: 'Tunnels use strong algorithms',
  family: 'transmission',
  safeguards: ['164.312(e)(2)(ii)'],
  severity: 'error',
  check: (tunnel) => must(tunnel.weakAlgorithms, {
    be: (weak) => weak.length === 0,
    or: (weak) => `${tunnel.label} accepts weak algorithms: ${weak.join(', ')}`,
    want: 'AES with SHA-2 or better',
    show: (weak) => weak.join(', '),
    fix: { title: 'Use strong algorithms', value: [], safety: 'review', risk: 'The other end must offer the same algorithms, or the tunnel stays down.' },
  }),
});
