import { must, rule } from '#engine/rule.js';
import { accountDefaults } from '../queries.js';

export default rule(accountDefaults, {
  title: 'Passwords typed in the wrong place are not logged',
  family: 'audit',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: ({ unknownNames }) => must(unknownNames, {
    be: (logged) => !logged,
    or: () => 'Unknown names are written to the log, and a password typed in the place of the name with them',
    want: 'not logged',
    show: (logged) => (logged ? 'logged' : 'not logged'),
    fix: { title: 'Leave unknown names out of the log', value: false, safety: 'safe' },
  }),
});
