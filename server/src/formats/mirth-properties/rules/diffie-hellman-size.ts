import { must, rule } from '#engine/rule.js';
import { dhSize } from '../queries.js';

export default rule(dhSize, {
  title: 'Diffie-Hellman keys are of 2048 bits or more',
  family: 'transmission',
  safeguards: ['164.312(e)(2)(ii)'],
  severity: 'error',
  check: (value) => must(value, {
    be: (bits) => bits >= 2048,
    or: (bits) => `The administration server agrees on keys with ${bits} bits`,
    want: '2048 bits',
    fix: { title: 'Use 2048 bits', value: 2048, safety: 'review', risk: 'Clients of Java 7 and older that know only 1024 bits are refused.' },
  }),
});
