import { must, rule } from '#engine/rule.js';
import { services } from '../queries.js';

export default rule(services, {
  title: 'Keys are accepted',
  family: 'access',
  safeguards: ['164.312(d)'],
  severity: 'info',
  check: (server) => must(server.keysRefused, {
    be: (on) => !on,
    or: () => `${server.label} refuses keys, so that people must use passwords`,
    want: 'accepted',
    show: (on) => (on ? 'refused' : 'accepted'),
    fix: { title: 'Accept keys', value: false, safety: 'review', risk: 'Keys that were installed before work again: look through the authorized_keys files.' },
  }),
});
