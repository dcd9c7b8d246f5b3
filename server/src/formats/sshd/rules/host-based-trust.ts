import { must, rule } from '#engine/rule.js';
import { services } from '../queries.js';

export default rule(services, {
  title: 'People prove who they are, not their machines',
  family: 'access',
  safeguards: ['164.312(d)', '164.312(a)(2)(i)'],
  severity: 'error',
  check: (server) => must(server.hostTrust, {
    be: (on) => !on,
    or: () => `${server.label} trusts the word of another machine about who is signing in`,
    want: 'off',
    show: (on) => (on ? 'on' : 'off'),
    fix: { title: 'Refuse host-based log-ins', value: false, safety: 'review', risk: 'Jobs that sign in by the name of their machine stop: give them keys first.' },
  }),
});
