import { must, rule } from '#engine/rule.js';
import { services } from '../queries.js';

export default rule(services, {
  title: 'Unfinished log-ins are cut',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'info',
  check: (server) => must(server.graceTime, {
    be: (seconds) => seconds > 0 && seconds <= 120,
    or: (seconds) => (seconds === 0 ? `${server.label} lets a log-in stay unfinished for ever` : `${server.label} lets a log-in stay unfinished for ${seconds} seconds`),
    want: '120 seconds at most',
    show: (seconds) => (seconds === 0 ? 'no limit' : `${seconds} seconds`),
    fix: { title: 'Cut after a minute', value: 60, safety: 'review', risk: '0 is also the advice against CVE-2024-6387 where OpenSSH cannot be renewed: make sure it is renewed first.' },
  }),
});
