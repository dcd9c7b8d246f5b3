import { rule } from '#engine/rule.js';
import { isWritablePath } from '#notations/windows-paths.js';
import { allowed } from '../queries.js';

export default rule(allowed, {
  title: 'Programs run from folders people cannot write to',
  family: 'malware',
  safeguards: ['164.308(a)(5)(ii)(B)'],
  severity: 'error',
  check: ({ label, span, what, kind }) => (kind === 'path' && isWritablePath(what)
    ? { verdict: 'violates', span, message: `${label} allows ${what}, where people may write`, found: what, wanted: 'a folder only administrators write to' }
    : { verdict: 'complies', span }),
});
