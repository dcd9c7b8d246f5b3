import { Tunnel } from '#concepts/tunnel.js';
import { must, rule } from '#engine/rule.js';

export default rule(Tunnel, {
  title: 'Tunnel ends prove who they are',
  family: 'transmission',
  safeguards: ['164.312(d)'],
  severity: 'error',
  check: (tunnel) => must(tunnel.authentication, {
    be: (how) => how !== 'none' && how !== 'aggressive shared key',
    or: (how) => (how === 'none' ? `${tunnel.label} does not check who connects` : `${tunnel.label} sends a hash of its shared key to anyone who asks (aggressive mode)`),
    want: 'certificate',
    fix: { title: 'Use certificates', value: 'certificate', safety: 'review', risk: 'Both ends need certificates first.' },
  }),
});
