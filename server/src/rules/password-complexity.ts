import { PasswordPolicy } from '#concepts/password-policy.js';
import { must, rule } from '#engine/rule.js';

export default rule(PasswordPolicy, {
  title: 'Passwords mix kinds of character',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: (policyOf, policy) => {
    const passcode = policyOf.of === 'device passcode';
    const name = passcode ? 'passcodeClasses' : 'passwordClasses';
    return must(policyOf.classes, {
      be: (classes) => classes >= policy[name],
      or: (classes) => (classes > 0 ? `${policyOf.label} asks for ${classes} kind${classes === 1 ? '' : 's'} of character`
        : passcode ? `${policyOf.label} accepts any pattern or passcode` : `${policyOf.label} lets passwords be of one kind of character`),
      policy: name,
      fix: { title: 'Ask for mixed characters', value: policy[name], safety: 'safe' },
    }, policy);
  },
});
