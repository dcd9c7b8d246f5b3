import { must, rule } from '#engine/rule.js';
import { services } from '../queries.js';

export default rule(services, {
  title: 'Screens are not passed on',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'info',
  check: (server) => must(server.x11, {
    be: (on) => !on,
    or: () => `${server.label} lets programs on it draw on, and read from, the screen of the one who signs in`,
    want: 'off',
    show: (on) => (on ? 'on' : 'off'),
    fix: { title: 'Switch X11 forwarding off', value: false, safety: 'review', risk: 'Programs with windows, run over SSH, no longer show.' },
  }),
});
