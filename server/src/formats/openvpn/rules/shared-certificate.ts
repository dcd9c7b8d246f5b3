import { must, rule } from '#engine/rule.js';
import { duplicates } from '../queries.js';

export default rule(duplicates, {
  title: 'Each caller has a certificate of its own',
  family: 'access',
  safeguards: ['164.312(a)(2)(i)', '164.312(d)'],
  severity: 'warning',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} lets several callers in with one certificate`,
    want: 'one certificate for each caller',
    show: () => undefined,
    fix: { title: 'Let each certificate in once', value: true, safety: 'review', risk: 'Callers that share a certificate throw each other out until they have their own.' },
  }),
});
