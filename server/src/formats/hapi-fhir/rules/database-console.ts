import { must, rule } from '#engine/rule.js';
import { console } from '../queries.js';

export default rule(console, {
  title: 'The database console is not served',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'error',
  check: (value) => must(value, {
    be: (on) => !on,
    or: () => 'The console of the database is served, past every check of the FHIR server',
    want: 'false',
    show: (on) => (on ? 'served' : 'not served'),
    fix: { title: 'Do not serve the console', value: false, safety: 'review', risk: 'Whoever used the console needs another way to the database.' },
  }),
});
