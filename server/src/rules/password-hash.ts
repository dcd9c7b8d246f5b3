import { PasswordPolicy } from '#concepts/password-policy.js';
import { must, rule } from '#engine/rule.js';

export default rule(PasswordPolicy, {
  title: 'Passwords are kept so that they cannot be read back',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'error',
  check: (policyOf) => must(policyOf.hash, {
    be: (hash) => hash === 'strong',
    or: (hash) => (hash === 'none' ? `${policyOf.label} keeps passwords as they are` : hash === 'reversible' ? `${policyOf.label} keeps passwords so that they can be turned back` : `${policyOf.label} keeps passwords under a weak hash`),
    want: 'a strong, salted hash',
    fix: { title: 'Use a strong hash', value: 'strong', safety: 'review', risk: 'Clients that cannot compute the new hash are refused; existing passwords keep their old hash until they are set anew.' },
  }),
});
