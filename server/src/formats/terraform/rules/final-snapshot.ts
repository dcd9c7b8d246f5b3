import { must, rule } from '#engine/rule.js';
import { FinalSnapshot } from '../traits.js';

export default rule(FinalSnapshot, {
  title: 'A last copy is made before a database goes',
  family: 'backup',
  safeguards: ['164.308(a)(7)(ii)(A)', '164.310(d)(2)(iv)'],
  severity: 'warning',
  check: (subject) => must(subject.holds, {
    be: (holds) => holds,
    or: () => `${subject.label} is deleted without a last copy`,
    want: 'a last copy',
    show: () => undefined,
    fix: { title: 'Make a last copy', value: true, safety: 'review', risk: 'Destroying the database then needs a name for the last copy: final_snapshot_identifier.' },
  }),
});
