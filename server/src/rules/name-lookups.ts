import { Channel } from '#concepts/channel.js';
import { must, rule } from '#engine/rule.js';

export default rule(Channel, {
  title: 'Names are looked up where they are kept',
  family: 'transmission',
  safeguards: ['164.312(e)(1)'],
  severity: 'warning',
  check: (channel) => must(channel.anyoneAnswers, {
    be: (anyone) => !anyone,
    or: () => `${channel.label} asks every computer nearby for a name`,
    want: 'by DNS',
    show: (anyone) => (anyone ? 'whoever answers' : 'by DNS'),
    fix: { title: 'Ask the DNS server alone', value: false, safety: 'review', risk: 'Check that every device clinical staff use has a name in DNS.' },
  }),
});
