import { must, rule } from '#engine/rule.js';
import { aggressiveMode } from '../queries.js';

export default rule(aggressiveMode, {
  title: 'IKE answers no aggressive mode',
  family: 'transmission',
  safeguards: ['164.312(d)', '164.312(e)(2)(ii)'],
  severity: 'warning',
  check: (subject) =>
    must(subject.good, {
      be: (good) => good,
      or: () => `${subject.label} answers aggressive mode, which gives a hash of the key to anyone who asks`,
      want: 'main mode only',
      show: () => undefined,
      fix: {
        title: 'Answer main mode only',
        value: true,
        safety: 'review',
        risk: 'Peers with changing addresses that sign in by name over IKEv1 can no longer connect.',
      },
    }),
});
