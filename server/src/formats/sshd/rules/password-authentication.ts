import { must, rule } from '#engine/rule.js';
import { services } from '../queries.js';

export default rule(services, {
  title: 'Keys are used instead of passwords',
  family: 'access',
  safeguards: ['164.312(d)'],
  severity: 'info',
  check: (server) => must(server.passwordAlone, {
    be: (on) => !on,
    or: () => `${server.label} lets a password alone open a session`,
    want: 'keys, or a second factor',
    show: (on) => (on ? 'a password is enough' : 'a password is not enough'),
    fix: { title: 'Refuse passwords', value: false, safety: 'review', risk: 'Whoever has no key installed is locked out: install and try the keys first, and keep a way in at the console.' },
  }),
});
