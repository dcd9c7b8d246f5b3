import { rule } from '#engine/rule.js';
import { Isolations } from '../queries.js';

export default rule(Isolations, {
  title: 'A NetworkPolicy selects every workload',
  family: 'firewall',
  safeguards: ['164.312(a)(1)', '164.312(e)(1)'],
  severity: 'warning',
  once: {},
  check: ({ span, open, because, namespace }) => {
    if (because !== undefined) return { verdict: 'cannot tell', span, because };
    if (open.length === 0) return { verdict: 'complies', span };
    const others = open.length > 1 ? ` and ${open.length - 1} more` : '';
    return { verdict: 'violates', span, message: `${open[0]}${others} may be reached by every pod of the cluster: no NetworkPolicy${namespace === '' ? '' : ` of ${namespace}`} selects ${open.length > 1 ? 'them' : 'it'}`, wanted: 'a NetworkPolicy that selects it' };
  },
});
