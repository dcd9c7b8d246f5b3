import { must, rule } from '#engine/rule.js';
import { loggedValues } from '../queries.js';

export default rule(loggedValues, {
  title: 'Patient data is not written into logs',
  family: 'at-rest',
  safeguards: ['164.312(a)(1)'],
  severity: 'warning',
  check: (value) => must(value, {
    be: (level) => level !== 'TRACE' && level !== 'ALL',
    or: () => 'Values of patients are written into the log with every SQL statement',
    want: 'INFO',
    fix: { title: 'Log without values', value: 'INFO', safety: 'review', risk: 'What was looked for in the log can no longer be seen there.' },
  }),
});
