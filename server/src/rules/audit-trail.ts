import { AuditTrail } from '#concepts/audit-trail.js';
import { must, rule } from '#engine/rule.js';

export default rule(AuditTrail, {
  title: 'Access is recorded',
  family: 'audit',
  safeguards: ['164.312(b)'],
  severity: 'warning',
  check: (auditTrail) => must(auditTrail.enabled, {
    be: (on) => on,
    or: () => `${auditTrail.label} records nothing`,
    want: 'on',
    show: (v) => (v ? 'on' : 'off'),
    fix: { title: 'Record access', value: true, safety: 'safe' },
  }),
});
