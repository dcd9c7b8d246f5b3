import { must, rule } from '#engine/rule.js';
import { challenges } from '../queries.js';

export default rule(challenges, {
  title: 'Both ends of the tunnel prove that they share a secret',
  family: 'transmission',
  safeguards: ['164.312(d)'],
  severity: 'info',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} builds tunnels without a challenge`,
    want: 'challenge = yes',
    show: () => undefined,
    fix: { title: 'Ask for a challenge', value: true, safety: 'review', risk: 'The other end needs the secret in its l2tp-secrets first; phones and computers have none.' },
  }),
});
