import { Software } from '#concepts/software.js';
import { must, rule } from '#engine/rule.js';

export default rule(Software, {
  title: 'Debugging is closed',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.312(c)(1)'],
  severity: 'error',
  check: (software) => must(software.debug, {
    be: (open) => !open,
    or: () => `${software.label} leaves debugging open`,
    want: 'closed',
    show: (v) => (v ? 'open' : 'closed'),
    fix: { title: 'Close debugging', value: false, safety: 'review', risk: 'Service tools that use it stop working.' },
  }),
});
