import { must, rule } from '#engine/rule.js';
import { listings } from '../queries.js';

export default rule(listings, {
  title: 'Folders are not listed to everyone',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'error',
  check: ({ setting, place }) => must(setting, {
    be: (on) => !on,
    or: () => `Anyone who asks for ${place} gets the list of its files`,
    want: 'off',
    show: (on) => (on ? 'on' : 'off'),
    fix: { title: 'Do not list folders', value: false, safety: 'review', risk: 'Programs and people that find files by the list need another way.' },
  }),
});
