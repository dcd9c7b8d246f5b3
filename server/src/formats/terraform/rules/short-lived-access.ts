import { must, rule } from '#engine/rule.js';
import { ShortLivedAccess } from '../traits.js';

export default rule(ShortLivedAccess, {
  title: 'Programs sign in with keys that expire',
  family: 'access',
  safeguards: ['164.308(a)(5)(ii)(D)', '164.312(d)'],
  severity: 'warning',
  check: (subject) => must(subject.holds, {
    be: (holds) => holds,
    or: () => `${subject.label} is valid until somebody deletes it`,
    want: 'a role',
    show: () => undefined,
  }),
});
