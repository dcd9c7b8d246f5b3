import { must, rule } from '#engine/rule.js';
import { machineAccounts } from '../queries.js';

export default rule(machineAccounts, {
  title: 'Callers have no account of the machine',
  family: 'transmission',
  safeguards: ['164.312(a)(1)', '164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} checks callers against the accounts of the machine, which needs PAP`,
    want: 'accounts of their own',
    show: () => undefined,
    fix: { title: 'Use accounts of PPP alone', value: true, safety: 'review', risk: 'Callers need a line in chap-secrets, or an account of RADIUS, first.' },
  }),
});
