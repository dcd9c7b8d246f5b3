import { must, rule } from '#engine/rule.js';
import { withdrawn } from '../queries.js';

export default rule(withdrawn, {
  title: 'Withdrawn certificates are refused',
  family: 'transmission',
  safeguards: ['164.312(d)', '164.308(a)(3)(ii)(C)'],
  severity: 'info',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} has no list of certificates that were withdrawn`,
    want: 'crl-verify',
    show: () => undefined,
  }),
});
