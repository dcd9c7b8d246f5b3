import { must, rule } from '#engine/rule.js';
import { services } from '../queries.js';

export default rule(services, {
  title: 'Log-ins go through the account rules',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)', '164.308(a)(5)(ii)(C)'],
  severity: 'warning',
  check: (server) => must(server.pam, {
    be: (on) => on,
    or: () => `${server.label} goes past PAM, and so past account lock and password expiry`,
    want: 'on',
    show: (on) => (on ? 'on' : 'off'),
    fix: { title: 'Use PAM', value: true, safety: 'review', risk: 'Accounts that are locked or expired under PAM can no longer sign in.' },
  }),
});
