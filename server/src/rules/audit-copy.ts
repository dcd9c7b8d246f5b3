import { AuditTrail } from '#concepts/audit-trail.js';
import { must, rule } from '#engine/rule.js';

export default rule(AuditTrail, {
  title: 'Records are copied to another machine',
  family: 'audit',
  safeguards: ['164.312(b)', '164.308(a)(1)(ii)(D)'],
  severity: 'info',
  check: (auditTrail) => must(auditTrail.remote, {
    be: (remote) => remote,
    or: () => `${auditTrail.label} keeps its records on the same machine only`,
    want: 'a remote copy',
    show: (v) => (v ? 'copied' : 'local only'),
  }),
});
