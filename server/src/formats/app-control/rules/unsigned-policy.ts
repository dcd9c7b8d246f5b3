import { must, rule } from '#engine/rule.js';
import { bases } from '../queries.js';

/** No fix: a computer may no longer start with a policy that asks for a signature and has none. */
export default rule(bases, {
  title: 'The policy is signed',
  family: 'malware',
  safeguards: ['164.308(a)(5)(ii)(B)'],
  severity: 'info',
  check: ({ policy: { label }, of }) => must(of('Enabled:Unsigned System Integrity Policy'), {
    be: (unsigned) => !unsigned,
    or: () => `${label} need not be signed, so a program with the rights of an administrator can take it away`,
    want: 'signed',
    show: (unsigned) => (unsigned ? 'not signed' : 'signed'),
  }),
});
