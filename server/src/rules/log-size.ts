import { AuditTrail } from '#concepts/audit-trail.js';
import { must, rule } from '#engine/rule.js';

export default rule(AuditTrail, {
  title: 'Logs are large enough to look back',
  family: 'audit',
  safeguards: ['164.312(b)'],
  severity: 'info',
  check: ({ label, capacity, leastCapacity = 0 }) => must(capacity, {
    be: (kib) => kib >= leastCapacity,
    or: (kib) => `${label} holds ${kib} KiB, and older records are lost`,
    want: `${leastCapacity} KiB`,
    show: (kib) => `${kib} KiB`,
    fix: { title: 'Give the log more room', value: leastCapacity, safety: 'safe' },
  }),
});
