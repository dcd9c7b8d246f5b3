import { Software } from '#concepts/software.js';
import { must, rule } from '#engine/rule.js';

export default rule(Software, {
  title: 'Only listed programs run',
  family: 'malware',
  safeguards: ['164.308(a)(5)(ii)(B)'],
  severity: 'info',
  check: (software) => must(software.allowList, {
    be: (on) => on,
    or: () => `${software.label} lets any program run`,
    want: 'listed programs only',
    show: (v) => (v ? 'enforced' : 'not enforced'),
    fix: { title: 'Enforce the list', value: true, safety: 'review', risk: 'Programs that are not listed stop at once: run it in audit mode first.' },
  }),
});
