import { Channel } from '#concepts/channel.js';
import { given, must, rule } from '#engine/rule.js';

export default rule(Channel, {
  title: 'The other end proves who it is',
  family: 'transmission',
  safeguards: ['164.312(d)', '164.312(e)(1)'],
  severity: 'error',
  check: (channel) => given(channel.reach, (reach) => reach === 'network', () => must(channel.peerVerified, {
    be: (verified) => verified,
    or: () => `${channel.label} does not check who is at the other end`,
    want: 'verified',
    show: (v) => (v ? 'verified' : 'not verified'),
    fix: { title: 'Verify the other end', value: true, safety: 'review', risk: 'Connections to an end whose certificate is self-signed, expired or for another name are refused.' },
  })),
});
