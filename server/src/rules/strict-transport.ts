import { Channel } from '#concepts/channel.js';
import { given, must, rule } from '#engine/rule.js';

export default rule(Channel, {
  title: 'Browsers come back encrypted',
  family: 'transmission',
  safeguards: ['164.312(e)(1)'],
  severity: 'info',
  check: (channel) => given(channel.serves, (serves) => serves === 'data', () => given(channel.reach, (reach) => reach === 'network', () => must(channel.strictTransport, {
    be: (strict) => strict,
    or: () => `${channel.label} does not tell browsers to stay with the encrypted address`,
    want: 'a Strict-Transport-Security header',
    show: (strict) => (strict ? 'sent' : 'not sent'),
    fix: {
      title: 'Send Strict-Transport-Security', value: true, safety: 'review',
      risk: 'Browsers refuse every unencrypted address of this name for a year or two: all of its pages must be reachable encrypted.',
    },
  }))),
});
