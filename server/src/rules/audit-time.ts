import { AuditTrail } from '#concepts/audit-trail.js';
import { must, rule } from '#engine/rule.js';

export default rule(AuditTrail, {
  title: 'Records carry the right time',
  family: 'audit',
  safeguards: ['164.312(b)'],
  severity: 'info',
  check: (auditTrail) => must(auditTrail.timed, {
    be: (timed) => timed,
    or: () => `${auditTrail.label} keeps records without a reliable time`,
    want: 'timed',
    show: (v) => (v ? 'timed' : 'not timed'),
    fix: { title: 'Stamp records with the time', value: true, safety: 'safe' },
  }),
});
