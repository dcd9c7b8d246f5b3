import { must, rule } from '#engine/rule.js';
import { services } from '../queries.js';

export default rule(services, {
  title: 'Old host-based log-ins are off',
  family: 'access',
  safeguards: ['164.312(d)'],
  severity: 'warning',
  check: (server) => must(server.rhostsRsa, {
    be: (on) => !on,
    or: () => `${server.label} accepts rhosts with RSA, a log-in on the word of another machine, where it is older than OpenSSH 7.4`,
    want: 'off',
    show: (on) => (on ? 'on' : 'off'),
    fix: { title: 'Switch it off', value: false, safety: 'review', risk: 'Jobs that sign in by the name of their machine stop: give them keys first.' },
  }),
});
