import { Channel } from '#concepts/channel.js';
import { must, rule } from '#engine/rule.js';

export default rule(Channel, {
  title: 'Only strong ciphers are accepted',
  family: 'transmission',
  safeguards: ['164.312(e)(2)(ii)'],
  severity: 'error',
  check: (channel) => must(channel.weakCiphers, {
    be: (weak) => weak.length === 0,
    or: (weak) => `${channel.label} accepts weak algorithms: ${weak.join(', ')}`,
    want: 'strong algorithms only',
    show: (weak) => weak.join(', '),
    fix: { title: 'Accept strong algorithms only', value: [], safety: 'review', risk: 'Clients that know only the removed algorithms are refused.' },
  }),
});
