import { must, rule } from '#engine/rule.js';
import { macLists } from '../queries.js';

export default rule(macLists, {
  title: 'Packets are sealed with strong algorithms',
  family: 'transmission',
  safeguards: ['164.312(e)(2)(i)'],
  severity: 'warning',
  check: (list) => must(list.weak, {
    be: (weak) => weak.length === 0,
    or: (weak) => `${list.label} accepts weak message authentication: ${weak.join(', ')}`,
    want: 'strong algorithms only',
    show: (weak) => weak.join(', '),
    fix: { title: 'Accept strong algorithms only', value: [], safety: 'review', risk: 'Clients that know only the removed algorithms are refused.' },
  }),
});
