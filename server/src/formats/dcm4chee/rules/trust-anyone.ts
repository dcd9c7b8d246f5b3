import { must, rule } from '#engine/rule.js';
import { trust } from '../queries.js';

export default rule(trust, {
  title: 'The archive checks the servers it calls',
  family: 'transmission',
  safeguards: ['164.312(d)', '164.312(e)(1)'],
  severity: 'error',
  check: (value) => must(value, {
    be: (on) => !on,
    or: () => 'The archive takes any certificate or host name from a server it calls',
    want: 'FALSE',
    show: (on) => (on ? 'TRUE' : 'FALSE'),
    fix: {
      title: 'Check certificate and host name', value: false, safety: 'review',
      risk: 'Servers with a certificate that the truststore does not know, or for another name, are no longer reached.',
    },
  }),
});
