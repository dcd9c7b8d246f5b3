import { must, rule } from '#engine/rule.js';
import { services } from '../queries.js';

export default rule(services, {
  title: 'The log does not hold what people do',
  family: 'audit',
  safeguards: ['164.312(b)', '164.312(a)(1)'],
  severity: 'info',
  check: (server) => must(server.debugging, {
    be: (on) => !on,
    or: () => `${server.label} logs at a debugging level, which writes private details of sessions into the log`,
    want: 'VERBOSE or INFO',
    show: (on) => (on ? 'on' : 'off'),
    fix: { title: 'Log log-ins alone', value: false, safety: 'safe' },
  }),
});
