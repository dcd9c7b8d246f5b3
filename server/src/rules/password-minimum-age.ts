import { PasswordPolicy } from '#concepts/password-policy.js';
import { given, must, rule } from '#engine/rule.js';

export default rule(PasswordPolicy, {
  title: 'The password history cannot be run through in one sitting',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'info',
  check: ({ label, history, minimumAge }, policy) => (policy.passwordRotation === 'on-compromise' || policy.passwordHistory === 0 ? undefined
    : given(history, (passwords) => passwords > 0, () => must(minimumAge, {
      be: (days) => days >= 1,
      or: () => `${label} lets a password be changed again at once, so that the old one comes back through the history`,
      want: '1 day or more',
      show: (days) => `${days} days`,
      fix: { title: 'Keep a new password for a day', value: 1, safety: 'safe' },
    }))),
});
