import { rule } from '#engine/rule.js';
import { callers } from '../queries.js';

export default rule(callers, {
  title: 'The archive knows who may call it',
  family: 'access',
  safeguards: ['164.312(d)', '164.312(a)(1)'],
  severity: 'warning',
  check: ({ title, span, named }) => (named ? { verdict: 'complies', span } : {
    verdict: 'violates', span, message: `The AE title ${title} of the archive takes calls from every other AE title`, wanted: 'named callers',
  }),
});
