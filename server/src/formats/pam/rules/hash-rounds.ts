import { must, rule } from '#engine/rule.js';
import { rounds } from '../queries.js';

export default rule(rounds, {
  title: 'Guessing from a stolen password file is slow',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: ({ label, least, rounds: computed }) => must(computed, {
    be: (count) => count >= least,
    or: (count) => `${label} computes ${count} round${count === 1 ? '' : 's'} of the hash, and ${least} are the least that slow guessing down`,
    want: `${least} or more`,
    fix: { title: 'Compute more rounds', value: least, safety: 'safe' },
  }),
});
