import { must, rule } from '#engine/rule.js';
import { services } from '../queries.js';

export default rule(services, {
  title: 'Clients cannot set every variable',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'warning',
  check: (server) => must(server.anyVariable, {
    be: (on) => !on,
    or: () => `${server.label} takes any environment variable from the client, LD_PRELOAD among them`,
    want: 'named variables',
    show: (any) => (any ? 'any' : 'named'),
    fix: { title: 'Accept the language alone', value: false, safety: 'review', risk: 'Scripts that rely on other variables of the client lose them.' },
  }),
});
