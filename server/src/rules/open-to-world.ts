import { Opening, guardedAmong } from '#concepts/opening.js';
import { must, rule } from '#engine/rule.js';

export default rule(Opening, {
  title: 'Guarded services are not open to the Internet',
  family: 'firewall',
  safeguards: ['164.312(a)(1)', '164.312(e)(1)'],
  severity: 'error',
  check: (opening) => must(opening.source, {
    be: (source) => source === 'restricted' || guardedAmong(opening.ports, opening.protocol).length === 0,
    or: () => `${opening.label} is open to every address for ${opening.ports === 'any' ? 'all services' : guardedAmong(opening.ports, opening.protocol).slice(0, 3).join(', ')}`,
    want: 'listed addresses only',
    show: () => 'every address',
    fix: { title: 'Restrict the source', value: 'restricted', safety: 'review', risk: 'Everyone outside the listed addresses is cut off: replace the example network by yours.' },
  }),
});
