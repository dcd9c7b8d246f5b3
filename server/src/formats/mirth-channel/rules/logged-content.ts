import { rule } from '#engine/rule.js';
import { loggedContent } from '../queries.js';

export default rule(loggedContent, {
  title: 'Scripts write no patient data into the log',
  family: 'at-rest',
  safeguards: ['164.312(a)(1)'],
  severity: 'warning',
  check: ({ name, span }) => ({
    verdict: 'violates', span, message: `A script of channel ${name} writes message content into the server log`, wanted: 'message number only',
  }),
});
