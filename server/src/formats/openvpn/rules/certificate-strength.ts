import { must, rule } from '#engine/rule.js';
import { certificateProfiles } from '../queries.js';

export default rule(certificateProfiles, {
  title: 'Weak certificates are refused',
  family: 'transmission',
  safeguards: ['164.312(d)', '164.312(e)(2)(ii)'],
  severity: 'warning',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} accepts certificates under SHA-1`,
    want: 'preferred',
    show: () => undefined,
    fix: { title: 'Ask for strong certificates', value: true, safety: 'review', risk: 'Ends whose certificate is signed with SHA-1 or has a short key are refused.' },
  }),
});
