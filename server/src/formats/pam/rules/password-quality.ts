import { must, rule } from '#engine/rule.js';
import { qualities } from '../queries.js';

export default rule(qualities, {
  title: 'New passwords are checked',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: ({ label, bad }) => must(bad, {
    be: (treated) => treated === 'refused',
    or: (treated) => (treated === 'accepted' ? `${label} has no module that checks new passwords` : `${label} warns about a bad password and accepts it`),
    want: 'bad passwords refused',
    show: (treated) => `bad passwords ${treated}`,
    fix: { title: 'Refuse bad passwords', value: 'refused', safety: 'review', risk: 'Passwords cannot be changed where the module is not installed: change one to try.' },
  }),
});
