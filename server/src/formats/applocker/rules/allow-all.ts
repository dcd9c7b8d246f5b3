import { rule } from '#engine/rule.js';
import { allowed } from '../queries.js';

export default rule(allowed, {
  title: 'No rule allows everything to everybody',
  family: 'malware',
  safeguards: ['164.308(a)(5)(ii)(B)'],
  severity: 'error',
  check: ({ label, span, what, kind }) => (/^\*(\.\*)?$/.test(what)
    ? { verdict: 'violates', span, message: `${label} allows ${kind === 'path' ? 'everything' : 'everything that is signed'} to everybody`, found: what, wanted: 'named folders or publishers' }
    : { verdict: 'complies', span }),
});
