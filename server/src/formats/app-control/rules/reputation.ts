import { must, rule } from '#engine/rule.js';
import { programLists } from '../queries.js';

export default rule(programLists, {
  title: 'No program runs by its reputation alone',
  family: 'malware',
  safeguards: ['164.308(a)(5)(ii)(B)'],
  severity: 'info',
  check: ({ policy: { label }, of }) => must(of('Enabled:Intelligent Security Graph Authorization'), {
    be: (on) => !on,
    or: () => `${label} also runs unlisted programs that Microsoft's cloud holds for good (Intelligent Security Graph)`,
    want: 'listed programs only',
    show: (on) => (on ? 'by reputation' : 'listed programs only'),
    fix: { title: 'Run listed programs only', value: false, safety: 'review',
      risk: 'Programs that run by their reputation alone stop: list them first (event 3090), and name the emergency access procedure, 164.312(a)(2)(ii).' },
  }),
});
