import { must, rule } from '#engine/rule.js';
import { services } from '../queries.js';

export default rule(services, {
  title: 'Keys in files that others can change are refused',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.312(d)'],
  severity: 'warning',
  check: (server) => must(server.strict, {
    be: (on) => on,
    or: () => `${server.label} accepts keys from files that other people on the machine can change`,
    want: 'checked',
    show: (on) => (on ? 'checked' : 'not checked'),
    fix: { title: 'Check the files', value: true, safety: 'review', risk: 'People whose home or key files are writable by others are refused until the modes are right.' },
  }),
});
