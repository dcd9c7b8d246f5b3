import { must, rule } from '#engine/rule.js';
import { shared } from '../queries.js';

export default rule(shared, {
  title: 'Everybody joins the Wi-Fi with a log-in of their own',
  family: 'access',
  safeguards: ['164.312(a)(2)(i)', '164.312(d)'],
  severity: 'info',
  check: ({ label, oneKey }) => must(oneKey, {
    be: (one) => !one,
    or: () => `${label} knows everybody by the same key`,
    want: 'IEEE 802.1X',
    show: (one) => (one ? 'one key' : 'a log-in each'),
  }),
});
