import { must, rule } from '#engine/rule.js';
import { ownRefusals } from '../queries.js';

export default rule(ownRefusals, {
  title: 'The own password is not given away',
  family: 'transmission',
  safeguards: ['164.308(a)(5)(ii)(D)', '164.312(e)(1)'],
  severity: 'info',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} signs in by methods that give its password away`,
    want: 'MS-CHAPv2 or EAP alone',
    show: () => undefined,
    fix: { title: 'Refuse the weak methods', value: true, safety: 'review', risk: 'An end that knows only these methods is no longer reached.' },
  }),
});
