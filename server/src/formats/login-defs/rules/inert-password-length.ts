import { must, rule } from '#engine/rule.js';
import { accountDefaults } from '../queries.js';

/** Shipped files state 5; a longer one was written by someone who expects it to hold. */
const shipped = 5;

export default rule(accountDefaults, {
  title: 'The least length stands where it is enforced',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'info',
  check: ({ inertLength }) => must(inertLength, {
    be: (characters) => characters <= shipped,
    or: (characters) => `PASS_MIN_LEN asks for ${characters} characters and nothing reads it: with PAM the least length is minlen in pwquality.conf`,
    want: 'minlen in pwquality.conf',
  }),
});
