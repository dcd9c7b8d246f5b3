import { PasswordPolicy } from '#concepts/password-policy.js';
import { must, rule } from '#engine/rule.js';

export default rule(PasswordPolicy, {
  title: 'Old passwords are not used again',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: (policyOf, policy) => must(policyOf.history, {
    be: (history) => history >= policy.passwordHistory,
    or: (history) => (history === 0 ? `${policyOf.label} lets an old password be used again at once` : `${policyOf.label} remembers ${history} old password${history === 1 ? '' : 's'}`),
    policy: 'passwordHistory',
    fix: { title: 'Remember old passwords', value: policy.passwordHistory, safety: 'safe' },
  }, policy),
});
