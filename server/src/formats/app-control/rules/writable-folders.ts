import { rule } from '#engine/rule.js';
import { isWritablePath } from '#notations/windows-paths.js';
import { allowed } from '../queries.js';

export default rule(allowed, {
  title: 'Programs run from folders people cannot write to',
  family: 'malware',
  safeguards: ['164.308(a)(5)(ii)(B)'],
  severity: 'error',
  check: ({ element: { tag: span }, path, unprotected, policy: { label, kind } }) => {
    if (path === undefined) return undefined;
    // A path that begins with a wildcard fits below every folder.
    if (unprotected.kind !== 'stated' || !(path.startsWith('*') || isWritablePath(path))) return { verdict: 'complies', span };
    if (unprotected.value) {
      const message = `${label} allows ${path}, where people may write`;
      return { verdict: 'violates', span, message, found: path, wanted: 'a folder only administrators write to' };
    }
    if (kind === 'base') return { verdict: 'complies', span };
    return { verdict: 'cannot tell', span, because: 'the base policy it belongs to may say that Windows does not check who may write there' };
  },
});
