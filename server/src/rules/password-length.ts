import { PasswordPolicy } from '#concepts/password-policy.js';
import { must, rule } from '#engine/rule.js';

export default rule(PasswordPolicy, {
  title: 'Passwords are long enough',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: (policyOf, policy) => {
    const name = policyOf.of === 'device passcode' ? 'passcodeLength' : 'passwordLength';
    const noun = policyOf.of === 'device passcode' ? 'passcodes' : 'passwords';
    return must(policyOf.length, {
      be: (length) => length >= policy[name],
      or: (length) => `${policyOf.label} lets ${noun} be ${length} character${length === 1 ? '' : 's'} long`,
      policy: name,
      fix: { title: `Ask for longer ${noun}`, value: policy[name], safety: 'safe' },
    }, policy);
  },
});
