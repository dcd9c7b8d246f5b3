import { must, rule } from '#engine/rule.js';
import { smallServices } from '../queries.js';

export default rule(smallServices, {
  title: 'Old services are off',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'warning',
  check: (subject) =>
    must(subject.good, {
      be: (good) => good,
      or: () => `${subject.label} answers anyone on the network`,
      want: 'off',
      show: () => undefined,
      fix: { title: 'Switch the service off', value: true, safety: 'review', risk: 'A device that still uses the service loses it.' },
    }),
});
