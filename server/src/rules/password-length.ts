import { PasswordPolicy } from '#concepts/password-policy.js';
import { must, rule } from '#engine/rule.js';

export default rule(PasswordPolicy, {
  title: 'Passwords are long enough',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: (policyOf, policy) => must(policyOf.length, {
    be: (length) => length >= policy.passwordLength,
    or: (length) => `${policyOf.label} lets passwords be ${length} character${length === 1 ? '' : 's'} long`,
    policy: 'passwordLength',
    fix: { title: 'Ask for longer passwords', value: policy.passwordLength, safety: 'safe' },
  }, policy),
});
