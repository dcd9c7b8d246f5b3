import { must, rule } from '#engine/rule.js';
import { KeyRotation } from '../traits.js';

export default rule(KeyRotation, {
  title: 'Keys are renewed by themselves',
  family: 'at-rest',
  safeguards: ['164.312(a)(2)(iv)'],
  severity: 'info',
  check: (subject) => must(subject.holds, {
    be: (holds) => holds,
    or: () => `${subject.label} is not renewed by itself often enough`,
    want: 'rotation',
    show: () => undefined,
    fix: { title: 'Rotate the key', value: true, safety: 'safe' },
  }),
});
