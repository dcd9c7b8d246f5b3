import { must, rule } from '#engine/rule.js';
import { origins } from '../queries.js';

// Not the shared rule: a browser sends no log-in to what answers every site, and without one this interface tells its version alone.
export default rule(origins, {
  title: 'Other web sites may not ask the administration interface',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'info',
  check: (value) => must(value, {
    be: (origin) => origin.trim() !== '*',
    or: () => 'Pages of any web site may ask the administration interface',
    want: 'no origin, or those that need it',
    fix: {
      title: 'Allow no other web site', value: '', safety: 'review',
      risk: 'A web application of your own that calls the interface from the browser must be named instead.',
    },
  }),
});
