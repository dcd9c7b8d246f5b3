import { must, rule } from '#engine/rule.js';
import { SecretRotation } from '../traits.js';

export default rule(SecretRotation, {
  title: 'Stored credentials are renewed by themselves',
  family: 'secrets',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'info',
  check: (subject) => must(subject.holds, {
    be: (holds) => holds,
    or: () => `${subject.label} is not renewed within 90 days`,
    want: 'renewal within 90 days',
    show: () => undefined,
  }),
});
