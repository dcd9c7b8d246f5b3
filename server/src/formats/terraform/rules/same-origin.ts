import { must, rule } from '#engine/rule.js';
import { SameOrigin } from '../traits.js';

export default rule(SameOrigin, {
  title: 'Pages of other sites cannot use the service',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'warning',
  check: (subject) => must(subject.holds, {
    be: (holds) => holds,
    or: () => `${subject.label} answers scripts of every web site`,
    want: 'listed origins',
    show: () => undefined,
  }),
});
