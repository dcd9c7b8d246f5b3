import { PasswordPolicy } from '#concepts/password-policy.js';
import { must, rule } from '#engine/rule.js';

export default rule(PasswordPolicy, {
  title: 'The password policy binds administrators too',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: (policyOf) => must(policyOf.bindsAdministrators, {
    be: (binds) => binds,
    or: () => `${policyOf.label} does not bind administrators`,
    want: 'binding',
    show: (v) => (v ? 'binding' : 'not binding'),
    fix: { title: 'Bind administrators', value: true, safety: 'safe' },
  }),
});
