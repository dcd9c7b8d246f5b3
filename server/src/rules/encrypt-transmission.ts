import { Channel } from '#concepts/channel.js';
import { given, must, rule } from '#engine/rule.js';

export default rule(Channel, {
  title: 'Health data travels encrypted',
  family: 'transmission',
  safeguards: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
  severity: 'error',
  check: (channel) => given(channel.serves, (serves) => serves === 'data', () => given(channel.reach, (reach) => reach === 'network', () => must(channel.protection, {
    be: (protection) => protection === 'encrypted',
    or: (protection) => (protection === 'none' ? `${channel.label} carries data without encryption` : `${channel.label} falls back to no encryption when the other end asks for none`),
    want: 'encrypted',
    fix: { title: 'Require encryption', value: 'encrypted', safety: 'review', risk: 'Clients that do not encrypt are refused, and the service needs a certificate and key.' },
  }))),
});
