import { AuditTrail } from '#concepts/audit-trail.js';
import { must, rule } from '#engine/rule.js';

export default rule(AuditTrail, {
  title: 'Records are kept long enough',
  family: 'audit',
  safeguards: ['164.312(b)', '164.308(a)(1)(ii)(D)'],
  severity: 'info',
  check: (auditTrail, policy) => must(auditTrail.retention, {
    be: (days) => days >= policy.auditRetention,
    or: (days) => `${auditTrail.label} keeps records for ${days} day${days === 1 ? '' : 's'}`,
    policy: 'auditRetention',
    show: (d) => (d === Infinity ? 'for ever' : `${d} days`),
    fix: { title: 'Keep records as the policy says', value: policy.auditRetention, safety: 'review', risk: 'Records take room and money: check the disk or the bill.' },
  }, policy),
});
