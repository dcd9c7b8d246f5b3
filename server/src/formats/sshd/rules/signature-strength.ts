import { must, rule } from '#engine/rule.js';
import { signatureLists } from '../queries.js';

export default rule(signatureLists, {
  title: 'Identities are proven with strong signatures',
  family: 'transmission',
  safeguards: ['164.312(d)', '164.312(e)(2)(ii)'],
  severity: 'error',
  check: (list) => must(list.weak, {
    be: (weak) => weak.length === 0,
    or: (weak) => `${list.label} accepts signatures under a broken hash: ${weak.join(', ')}`,
    want: 'strong algorithms only',
    show: (weak) => weak.join(', '),
    fix: { title: 'Accept strong signatures only', value: [], safety: 'review', risk: 'Clients and keys that know only the removed signatures are refused.' },
  }),
});
