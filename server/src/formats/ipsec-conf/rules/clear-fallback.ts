import { must, rule } from '#engine/rule.js';
import { fallbacks } from '../queries.js';

export default rule(fallbacks, {
  title: 'Nothing leaves in clear when the tunnel is down',
  family: 'transmission',
  safeguards: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
  severity: 'error',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} lets data pass unencrypted when no tunnel comes up`,
    want: 'drop',
    show: () => undefined,
    fix: { title: 'Hold data back', value: true, safety: 'review', risk: 'Peers that cannot encrypt are no longer reached.' },
  }),
});
