import { Channel } from '#concepts/channel.js';
import { must, rule } from '#engine/rule.js';

export default rule(Channel, {
  title: 'Messages cannot be changed on their way',
  family: 'transmission',
  safeguards: ['164.312(e)(2)(i)'],
  severity: 'warning',
  check: (channel) => must(channel.signed, {
    be: (signed) => signed,
    or: () => `${channel.label} accepts messages that are not signed`,
    want: 'signed',
    show: (v) => (v ? 'signed' : 'not signed'),
    fix: { title: 'Require signatures', value: true, safety: 'review', risk: 'Devices that cannot sign are cut off.' },
  }),
});
