import { must, rule } from '#engine/rule.js';
import { runs } from '../queries.js';

export default rule(runs, {
  title: 'Passwords are not monotonous',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'info',
  check: ({ what, value }) => must(value, {
    be: (longest) => longest > 0 && longest <= 4,
    or: (longest) => `The password quality check accepts ${longest > 0 ? `runs of ${longest} of ` : ''}${what}`,
    want: 'at most 3',
    show: (longest) => (longest > 0 ? `at most ${longest}` : 'any number'),
    fix: { title: 'Refuse runs of more than three', value: 3, safety: 'safe' },
  }),
});
