import { must, rule } from '#engine/rule.js';
import { services } from '../queries.js';

export default rule(services, {
  title: 'The first SSH protocol is refused',
  family: 'transmission',
  safeguards: ['164.312(e)(2)(ii)'],
  severity: 'error',
  check: (server) => must(server.oldProtocol, {
    be: (on) => !on,
    or: () => `${server.label} speaks SSH protocol 1, which can be read and altered on the way, where it is older than OpenSSH 7.4`,
    want: 'protocol 2 alone',
    show: (on) => (on ? 'protocol 1' : 'protocol 2'),
    fix: { title: 'Speak protocol 2 alone', value: false, safety: 'review', risk: 'Clients that know only protocol 1 are refused.' },
  }),
});
