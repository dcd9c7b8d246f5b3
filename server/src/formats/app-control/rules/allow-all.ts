import { rule } from '#engine/rule.js';
import { allowed } from '../queries.js';

export default rule(allowed, {
  title: 'No rule allows every program',
  family: 'malware',
  safeguards: ['164.308(a)(5)(ii)(B)'],
  severity: 'error',
  check: ({ element, everything, policy: { label, kind, denies } }) => {
    if (!everything) return { verdict: 'complies', span: element.tag };
    if (kind === 'base' && denies) {
      const because = 'the policy only denies; whether another base policy lists what may run is not in this file';
      return { verdict: 'cannot tell', span: element.tag, because };
    }
    const message = kind === 'base' ? `${label} allows every program` : `${label} adds every program to the list of its base policy`;
    return { verdict: 'violates', span: element.tag, message, found: '*', wanted: 'signers, hashes or named folders' };
  },
});
