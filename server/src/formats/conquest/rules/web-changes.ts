import { must, rule } from '#engine/rule.js';
import { webChanges } from '../queries.js';

export default rule(webChanges, {
  title: 'Web pages do not change the archive',
  family: 'access',
  safeguards: ['164.312(c)(1)', '164.312(a)(1)'],
  severity: 'warning',
  check: (allowed) => must(allowed, {
    be: (may) => !may,
    or: () => 'Whoever opens the web pages of the archive can change and delete images',
    want: 'read only',
    show: (may) => (may ? 'changes allowed' : 'read only'),
    fix: { title: 'Make the web pages read only', value: false, safety: 'review', risk: 'People who correct studies in the web pages need another way.' },
  }),
});
