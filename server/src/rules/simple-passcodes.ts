import { PasswordPolicy } from '#concepts/password-policy.js';
import { must, rule } from '#engine/rule.js';

export default rule(PasswordPolicy, {
  title: 'Passcodes such as 1234 are refused',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: (policyOf) => must(policyOf.simple, {
    be: (accepted) => !accepted,
    or: () => `${policyOf.label} accepts passcodes such as 1111 and 1234`,
    want: 'refused',
    show: (v) => (v ? 'accepted' : 'refused'),
    fix: { title: 'Refuse simple passcodes', value: false, safety: 'safe' },
  }),
});
