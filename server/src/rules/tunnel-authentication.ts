import { Tunnel } from '#concepts/tunnel.js';
import { must, rule } from '#engine/rule.js';

export default rule(Tunnel, {
  title: 'Tunnel ends prove who they are',
  family: 'transmission',
  safeguards: ['164.312(d)'],
  severity: 'error',
  check: ({ label, authentication }) => must(authentication, {
    be: (how) => how !== 'none' && how !== 'aggressive shared key',
    or: (how) => (how === 'none' ? `${label} does not check who connects` : `${label} sends a hash of its shared key to anyone who asks (aggressive mode)`),
    want: 'certificate',
    // Leaving aggressive mode keeps the key that both ends have, which certificates do not.
    fix: authentication && authentication.kind !== 'undetermined' && authentication.value === 'aggressive shared key'
      ? { title: 'Leave aggressive mode', value: 'shared key', safety: 'review', risk: 'Peers with changing addresses that sign in by name over IKEv1 can no longer connect.' }
      : { title: 'Use certificates', value: 'certificate', safety: 'review', risk: 'Both ends need certificates first.' },
  }),
});
