import { AuditTrail } from '#concepts/audit-trail.js';
import { must, rule } from '#engine/rule.js';

export default rule(AuditTrail, {
  title: 'Records show when they were altered',
  family: 'audit',
  safeguards: ['164.312(b)', '164.312(c)(1)'],
  severity: 'info',
  check: (auditTrail) => must(auditTrail.tamperEvident, {
    be: (evident) => evident,
    or: () => `${auditTrail.label} would not show an altered record`,
    want: 'tamper-evident',
    show: (v) => (v ? 'protected' : 'not protected'),
    fix: { title: 'Protect records against alteration', value: true, safety: 'safe' },
  }),
});
