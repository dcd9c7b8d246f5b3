import { must, rule } from '#engine/rule.js';
import { services } from '../queries.js';

export default rule(services, {
  title: 'Trust files of users are ignored',
  family: 'access',
  safeguards: ['164.312(d)'],
  severity: 'warning',
  check: (server) => must(server.rhosts, {
    be: (word) => word === 'yes',
    or: () => `${server.label} reads the .rhosts or .shosts files of users, in which they name machines that may sign in as them`,
    want: 'ignored',
    fix: { title: 'Ignore the trust files of users', value: 'yes', safety: 'review', risk: 'Jobs that sign in by the name of their machine stop: give them keys first.' },
  }),
});
