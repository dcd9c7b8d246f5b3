import { rule, type Verdict } from '#engine/rule.js';
import { madeElsewhere, type Place } from '#notations/yaml.js';
import { Objects } from '../queries.js';

/** Annotations of ingress-nginx whose value becomes nginx configuration; `_by_lua` in it is code. */
const snippet = /^nginx\.ingress\.kubernetes\.io\/(configuration|server|auth|modsecurity|stream)-snippet$/;

/** The switch of the controller: whoever may write an Ingress anywhere may then bring code. Off unless stated, from version 1.9. */
function allowed(place: Place, label: string): Verdict | undefined {
  const open = madeElsewhere(place);
  if (open) return { verdict: 'cannot tell', span: open.span, because: open.because };
  if (place.text === undefined) return undefined;
  if (place.text !== 'true') return { verdict: 'complies', span: place.head };
  return {
    verdict: 'violates', span: place.head, message: `${label} lets whoever may write an Ingress put code into the proxy, which holds the certificates of every site (CVE-2021-25742)`, wanted: 'allow-snippet-annotations: "false"',
    fix: { title: 'Refuse snippets', safety: 'review', risk: 'An Ingress that has a snippet is refused until another annotation does its work.', edits: () => place.put('false') },
  };
}

export default rule(Objects, {
  title: 'An Ingress brings no code of its own',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.312(c)(1)'],
  severity: 'warning',
  check: ({ kind, root, label }) => {
    if (kind === 'ConfigMap') return allowed(root.get('data', 'allow-snippet-annotations'), label);
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
