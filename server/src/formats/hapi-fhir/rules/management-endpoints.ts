import { must, rule } from '#engine/rule.js';
import { endpoints } from '../queries.js';

export default rule(endpoints, {
  title: 'Management endpoints give nothing away',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'error',
  check: (value) => must(value, {
    be: (names) => names.length === 0,
    or: (names) => `The management interface serves ${names.includes('*') ? 'every endpoint, memory and environment included' : names.join(', ')}`,
    want: 'health',
    show: (names) => names.join(', '),
    fix: {
      title: 'Serve health and metrics alone', value: [], safety: 'review',
      risk: 'Monitoring that reads other endpoints stops: give those a port and log-in of their own.',
    },
  }),
});
