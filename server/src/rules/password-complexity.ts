import { PasswordPolicy } from '#concepts/password-policy.js';
import { must, rule } from '#engine/rule.js';

export default rule(PasswordPolicy, {
  title: 'Passwords mix kinds of character',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: (policyOf, policy) => must(policyOf.classes, {
    be: (classes) => classes >= policy.passwordClasses,
    or: (classes) => (classes === 0 ? `${policyOf.label} lets passwords be of one kind of character` : `${policyOf.label} asks for ${classes} kind${classes === 1 ? '' : 's'} of character`),
    policy: 'passwordClasses',
    fix: { title: 'Ask for mixed characters', value: policy.passwordClasses, safety: 'safe' },
  }, policy),
});
