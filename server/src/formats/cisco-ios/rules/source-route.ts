import { must, rule } from '#engine/rule.js';
import { sourceRoute } from '../queries.js';

export default rule(sourceRoute, {
  title: 'Senders do not choose the path',
  family: 'firewall',
  safeguards: ['164.312(e)(1)'],
  severity: 'warning',
  check: (subject) =>
    must(subject.good, {
      be: (good) => good,
      or: () => `${subject.label} follows the path a packet asks for, past its firewalls`,
      want: 'no ip source-route',
      show: () => undefined,
      fix: { title: 'Ignore source routes', value: true, safety: 'safe' },
    }),
});
