import { must, rule } from '#engine/rule.js';
import { jailbroken } from '../queries.js';

export default rule(jailbroken, {
  title: 'Devices without their protections are turned away',
  family: 'access',
  safeguards: ['164.312(c)(1)', '164.308(a)(5)(ii)(B)'],
  severity: 'error',
  check: (blocked) => must(blocked, {
    be: (v) => v,
    or: () => 'Devices that were jailbroken or rooted count as compliant',
    want: 'turned away',
    show: (v) => (v ? 'turned away' : 'accepted'),
    fix: { title: 'Turn away jailbroken devices', value: true, safety: 'review', risk: 'A device that was changed loses access at once: name the emergency access procedure, 164.312(a)(2)(ii), to its user first.' },
  }),
});
