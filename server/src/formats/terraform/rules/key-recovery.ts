import { must, rule } from '#engine/rule.js';
import { KeyRecovery } from '../traits.js';

export default rule(KeyRecovery, {
  title: 'A deleted key or secret can be brought back',
  family: 'at-rest',
  safeguards: ['164.308(a)(7)(ii)(A)'],
  severity: 'info',
  check: (subject) => must(subject.holds, {
    be: (holds) => holds,
    or: () => `${subject.label} is beyond recall too soon after it is deleted`,
    want: '30 days',
    show: () => undefined,
    fix: { title: 'Wait 30 days', value: true, safety: 'safe' },
  }),
});
