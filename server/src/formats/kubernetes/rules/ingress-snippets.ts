import { rule } from '#engine/rule.js';
import { Objects } from '../queries.js';

/** Annotations of ingress-nginx whose value becomes nginx configuration; `_by_lua` in it is code. */
const snippet = /^nginx\.ingress\.kubernetes\.io\/(configuration|server|auth|modsecurity|stream)-snippet$/;

export default rule(Objects, {
  title: 'An Ingress brings no code of its own',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.312(c)(1)'],
  severity: 'warning',
  check: ({ kind, root, label }) => {
    if (kind !== 'Ingress') return undefined;
    const found = root.get('metadata', 'annotations').pairs.find(({ key }) => snippet.test(key));
    if (!found) return undefined;
    if (found.text === undefined) return { verdict: 'cannot tell', span: found.head, because: found.obscured ?? 'the snippet is empty' };
    const runs = /_by_lua|\blua_|serviceaccount|\b(root|alias)\s+\/|load_module/.test(found.text);
    const span = { start: found.head.start, end: found.head.start + found.key.length };
    if (!runs) return { verdict: 'complies', span };
    return {
      verdict: 'violates', span, message: `${label} puts code or files into the proxy, which holds the certificates of every site (CVE-2021-25742)`, wanted: 'no code in snippets',
      fix: { title: 'Take the snippet away', safety: 'review', risk: 'What the snippet did must be done by another annotation or by the program.', edits: () => found.remove() },
    };
  },
});
