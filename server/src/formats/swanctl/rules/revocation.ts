import { must, rule } from '#engine/rule.js';
import { revocations } from '../queries.js';

export default rule(revocations, {
  title: 'Withdrawn certificates are refused',
  family: 'transmission',
  safeguards: ['164.312(d)'],
  severity: 'info',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} accepts a certificate whose list of withdrawn ones it could not fetch`,
    want: 'a check of revocation',
    show: () => undefined,
    fix: { title: 'Ask for the list of withdrawn certificates', value: true, safety: 'review', risk: 'No tunnel comes up while the list cannot be fetched.' },
  }),
});
