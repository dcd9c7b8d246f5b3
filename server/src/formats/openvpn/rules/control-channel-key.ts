import { must, rule } from '#engine/rule.js';
import { controlChannels } from '../queries.js';

export default rule(controlChannels, {
  title: 'Strangers do not reach the TLS of the tunnel',
  family: 'transmission',
  safeguards: ['164.312(a)(1)', '164.312(d)'],
  severity: 'info',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} speaks TLS with everyone who finds its port`,
    want: 'tls-crypt',
    show: () => undefined,
  }),
});
