import { must, rule } from '#engine/rule.js';
import { accountDefaults } from '../queries.js';

export default rule(accountDefaults, {
  title: 'The password history cannot be run through in one sitting',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'info',
  check: ({ minimumAge }, policy) => (policy.passwordRotation === 'on-compromise' || policy.passwordHistory === 0 ? undefined : must(minimumAge, {
    be: (days) => days >= 1,
    or: () => 'New accounts may change their password again at once, and so come back to the old one',
    want: '1 day or more',
    show: (days) => `${days} days`,
    fix: { title: 'Keep a password for a day', value: 1, safety: 'review', risk: 'A person who fears that the new password was seen must ask an administrator to change it on the same day.' },
  })),
});
