import { must, rule } from '#engine/rule.js';
import { papRefusals } from '../queries.js';

export default rule(papRefusals, {
  title: 'The own password is not sent in clear',
  family: 'transmission',
  safeguards: ['164.308(a)(5)(ii)(D)', '164.312(e)(1)'],
  severity: 'warning',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} sends its own password in clear to an end that asks for it`,
    want: 'refuse pap = yes',
    show: () => undefined,
    fix: { title: 'Refuse PAP', value: true, safety: 'review', risk: 'An end that knows only PAP is no longer reached.' },
  }),
});
