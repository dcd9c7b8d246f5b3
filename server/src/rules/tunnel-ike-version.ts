import { Tunnel } from '#concepts/tunnel.js';
import { must, rule } from '#engine/rule.js';

export default rule(Tunnel, {
  title: 'Tunnels are negotiated with IKEv2',
  family: 'transmission',
  safeguards: ['164.312(e)(2)(ii)'],
  severity: 'warning',
  check: (tunnel) => must(tunnel.ikeVersion, {
    be: (version) => version === 2,
    or: (version) => `${tunnel.label} accepts IKEv${version}`,
    want: 'IKEv2',
    show: (v) => `IKEv${v}`,
    fix: { title: 'Require IKEv2', value: 2, safety: 'review', risk: 'The other end must speak IKEv2, or the tunnel stays down.' },
  }),
});
