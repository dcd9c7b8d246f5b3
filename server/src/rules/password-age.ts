import { PasswordPolicy } from '#concepts/password-policy.js';
import { must, rule } from '#engine/rule.js';

export default rule(PasswordPolicy, {
  title: 'Passwords change as the policy says',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: (policyOf, policy) => must(policyOf.maximumAge, {
    be: (days) => (policy.passwordRotation === 'periodic' ? days <= policy.passwordMaximumAge : days === Infinity || days > 365),
    or: (days) => (days === Infinity ? `${policyOf.label} lets passwords live for ever; the stance is ${policy.passwordRotation}` : `${policyOf.label} lets passwords live ${days} days; the stance is ${policy.passwordRotation}`),
    policy: policy.passwordRotation === 'periodic' ? 'passwordMaximumAge' : 'passwordRotation',
    show: (days) => (days === Infinity ? 'never' : `${days} days`),
    fix: { title: 'Set the longest age of the policy', value: policy.passwordRotation === 'periodic' ? policy.passwordMaximumAge : Infinity, safety: 'review', risk: 'Passwords older than the new limit expire at once; accounts used by machines must be excepted first.' },
  }, policy),
});
