import { rule } from '#engine/rule.js';
import { reflectedOrigins } from '../queries.js';

export default rule(reflectedOrigins, {
  title: 'Other web sites cannot read with a visitor\'s log-in',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'error',
  check: ({ span, guarded }) => guarded ? { verdict: 'complies', span } : {
    verdict: 'violates',
    span,
    message: 'Every web site may read the answers with the log-in of whoever visits it',
    found: 'any origin, with credentials',
    wanted: 'listed origins',
  },
});
