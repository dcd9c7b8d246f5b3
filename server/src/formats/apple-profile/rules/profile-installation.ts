import { must, rule } from '#engine/rule.js';
import { profileInstallation } from '../queries.js';

export default rule(profileInstallation, {
  title: 'Profiles and certificates come from management alone',
  family: 'access',
  safeguards: ['164.308(a)(5)(ii)(B)', '164.312(a)(1)'],
  severity: 'info',
  check: (allowed) => must(allowed, {
    be: (v) => !v,
    or: () => 'People may install profiles and certificates themselves',
    want: 'management only',
    show: (v) => (v ? 'anyone' : 'management'),
    fix: { title: 'Leave profiles to management', value: false, safety: 'review', risk: 'It works on supervised devices only; whatever people install by hand today must come from management first.' },
  }),
});
