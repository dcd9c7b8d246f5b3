import { PasswordPolicy } from '#concepts/password-policy.js';
import { must, rule } from '#engine/rule.js';

export default rule(PasswordPolicy, {
  title: 'Known passwords are refused',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: (policyOf) => must(policyOf.dictionary, {
    be: (refused) => refused,
    or: () => `${policyOf.label} accepts common and leaked passwords`,
    want: 'refused',
    show: (v) => (v ? 'refused' : 'accepted'),
    fix: { title: 'Refuse known passwords', value: true, safety: 'safe' },
  }),
});
