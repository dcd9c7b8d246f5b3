import { must, rule } from '#engine/rule.js';
import { keyRenewals } from '../queries.js';

export default rule(keyRenewals, {
  title: 'Keys are renewed while the tunnel is up',
  family: 'transmission',
  safeguards: ['164.312(e)(2)(ii)'],
  severity: 'warning',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} never asks for new keys`,
    want: '3600 seconds',
    show: () => undefined,
    fix: { title: 'Renew keys hourly', value: true, safety: 'review', risk: 'Callers with one-time passwords are asked again unless `auth-gen-token` is on.' },
  }),
});
