import { must, rule } from '#engine/rule.js';
import { joins } from '../queries.js';

export default rule(joins, {
  title: 'Open networks are joined by hand only',
  family: 'transmission',
  safeguards: ['164.312(e)(1)'],
  severity: 'warning',
  check: ({ label, open, byItself }) => (open ? must(byItself, {
    be: (so) => !so,
    or: () => `${label} is open, and the computer joins whatever calls itself that`,
    want: 'manual',
    show: (so) => (so ? 'auto' : 'manual'),
    fix: { title: 'Join by hand', value: false, safety: 'review', risk: 'Devices that use this network come on line only when somebody joins it.' },
  }) : undefined),
});
