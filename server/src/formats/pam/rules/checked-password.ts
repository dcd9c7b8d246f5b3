import { must, rule } from '#engine/rule.js';
import { takers } from '../queries.js';

export default rule(takers, {
  title: 'The password that is set is the one that was checked',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: ({ label, taken }) => must(taken, {
    be: (checked) => checked,
    or: () => `${label} may ask for the new password again and set one that nothing has checked`,
    want: 'use_authtok',
    show: (checked) => (checked ? 'the checked one' : 'any'),
    fix: { title: 'Take the checked password', value: true, safety: 'review', risk: 'Passwords cannot be changed where the module before it is not installed: change one to try.' },
  }),
});
