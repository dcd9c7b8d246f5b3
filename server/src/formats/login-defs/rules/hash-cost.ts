import { must, rule } from '#engine/rule.js';
import { hashCosts } from '../queries.js';

export default rule(hashCosts, {
  title: 'Guessing from a stolen password file is slow',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: ({ name, least, value }) => must(value, {
    be: (cost) => cost >= least,
    or: (cost) => `${name} ${cost} makes stored passwords cheaper to guess than the system's own default`,
    want: `${least} or more`,
    fix: { title: 'Use the default cost at least', value: least, safety: 'safe' },
  }),
});
