import { must, rule } from '#engine/rule.js';
import { compressed } from '../queries.js';

export default rule(compressed, {
  title: 'Data is not compressed before it is encrypted',
  family: 'transmission',
  safeguards: ['164.312(e)(2)(ii)'],
  severity: 'warning',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} compresses data before it encrypts it`,
    want: 'no compression',
    show: () => undefined,
    fix: { title: 'Turn compression off', value: true, safety: 'review', risk: 'Callers that have compression in their own file must take it out too.' },
  }),
});
