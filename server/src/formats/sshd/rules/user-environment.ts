import { must, rule } from '#engine/rule.js';
import { services } from '../queries.js';

export default rule(services, {
  title: 'People cannot change how the server runs their programs',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'warning',
  check: (server) => must(server.environment, {
    be: (on) => !on,
    or: () => `${server.label} takes environment variables from files of users, with which restrictions can be passed by`,
    want: 'off',
    show: (on) => (on ? 'on' : 'off'),
    fix: { title: 'Ignore the environment files of users', value: false, safety: 'review', risk: 'Scripts that rely on ~/.ssh/environment lose their variables.' },
  }),
});
