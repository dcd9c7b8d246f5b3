import { must, rule } from '#engine/rule.js';
import { chipGuard } from '../queries.js';

export default rule(chipGuard, {
  title: 'Old firmware with known holes stays out',
  family: 'malware',
  safeguards: ['164.308(a)(5)(ii)(B)', '164.312(c)(1)'],
  severity: 'info',
  check: ({ rollback }) => must(rollback, {
    be: (possible) => !possible,
    or: () => 'The device accepts older firmware again, with the holes it had',
    want: 'anti-rollback',
    show: (possible) => (possible ? 'any version' : 'anti-rollback'),
  }),
});
