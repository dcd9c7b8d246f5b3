import { must, rule } from '#engine/rule.js';
import { keyExchangeLists } from '../queries.js';

export default rule(keyExchangeLists, {
  title: 'Keys are exchanged with strong algorithms',
  family: 'transmission',
  safeguards: ['164.312(e)(2)(ii)'],
  severity: 'error',
  check: (list) => must(list.weak, {
    be: (weak) => weak.length === 0,
    or: (weak) => `${list.label} accepts weak key exchange: ${weak.join(', ')}`,
    want: 'strong algorithms only',
    show: (weak) => weak.join(', '),
    fix: { title: 'Accept strong algorithms only', value: [], safety: 'review', risk: 'Clients that know only the removed algorithms are refused.' },
  }),
});
