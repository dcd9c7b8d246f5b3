import { must, rule } from '#engine/rule.js';
import { Unnamed } from '../queries.js';

export default rule(Unnamed, {
  title: 'Topics that no rule names are closed',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'error',
  check: (unnamed) => must(unnamed, {
    be: (word) => word === 'deny',
    or: () => 'Every client may use every topic that no rule names',
    want: 'deny',
    fix: { title: 'Close them', value: 'deny', safety: 'review', risk: 'Devices lose the topics that no rule allows: write the rules first.' },
  }),
});
