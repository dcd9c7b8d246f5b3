import { must, rule } from '#engine/rule.js';
import { openProposals } from '../queries.js';

export default rule(openProposals, {
  title: 'Nothing but the stated algorithms is accepted',
  family: 'transmission',
  safeguards: ['164.312(e)(2)(ii)'],
  severity: 'info',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} accepts the built-in algorithms besides those of \`${subject.parameter}\``,
    want: 'a trailing !',
    show: () => undefined,
    fix: { title: 'Accept these proposals alone', value: true, safety: 'review', risk: 'Peers that agreed on another algorithm until now can no longer connect.' },
  }),
});
