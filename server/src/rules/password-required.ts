import { PasswordPolicy } from '#concepts/password-policy.js';
import { must, rule } from '#engine/rule.js';

export default rule(PasswordPolicy, {
  title: 'A password is asked for',
  family: 'password',
  safeguards: ['164.312(d)', '164.312(a)(1)'],
  severity: 'error',
  check: (policyOf) => must(policyOf.required, {
    be: (required) => required,
    or: () => `${policyOf.label} asks for no password`,
    want: 'a password',
    show: (v) => (v ? 'required' : 'not required'),
    fix: { title: 'Ask for a password', value: true, safety: 'review', risk: 'People who have no password yet must set one; keep the emergency access procedure, 164.312(a)(2)(ii), at hand.' },
  }),
});
