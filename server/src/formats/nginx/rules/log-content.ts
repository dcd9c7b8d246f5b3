import { rule } from '#engine/rule.js';
import { logFormats } from '../queries.js';

export default rule(logFormats, {
  title: 'Logs hold no request bodies and no credentials',
  family: 'secrets',
  safeguards: ['164.312(a)(1)', '164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: ({ name, span, holds }) => holds.length === 0 ? { verdict: 'complies', span } : {
    verdict: 'violates',
    span,
    message: `The log format ${name} writes ${holds.join(', ')} into the log`,
    found: holds.join(', '),
    wanted: 'neither bodies nor credentials',
  },
});
