import { must, rule } from '#engine/rule.js';
import { EveryRegion } from '../traits.js';

export default rule(EveryRegion, {
  title: 'Records are made of every region',
  family: 'audit',
  safeguards: ['164.312(b)'],
  severity: 'warning',
  check: (subject) => must(subject.holds, {
    be: (holds) => holds,
    or: () => `${subject.label} records some regions or services only`,
    want: 'every region',
    show: () => undefined,
    fix: { title: 'Record every region', value: true, safety: 'safe' },
  }),
});
