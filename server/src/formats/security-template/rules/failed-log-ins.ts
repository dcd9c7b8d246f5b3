import { must, rule } from '#engine/rule.js';
import { loginAudits } from '../queries.js';

export default rule(loginAudits, {
  title: 'Failed log-ins are recorded',
  family: 'audit',
  safeguards: ['164.308(a)(5)(ii)(C)', '164.312(b)'],
  severity: 'warning',
  check: ({ what, level }) => must(level, {
    be: (n) => n !== 1,
    or: () => `The security log records ${what} that succeed, and none that fail`,
    want: 'both',
    show: (n) => (n === 1 ? 'success only' : String(n)),
    fix: { title: 'Record failures too', value: 3, safety: 'safe' },
  }),
});
