import { must, rule } from '#engine/rule.js';
import { unsigned } from '../queries.js';

export default rule(unsigned, {
  title: 'Messages to and from Windows are signed',
  family: 'transmission',
  safeguards: ['164.312(e)(2)(i)'],
  severity: 'warning',
  check: ({ safe, says }) => must(safe, {
    be: (so) => so,
    or: () => says,
    want: 'signed',
    show: (so) => (so ? 'signed' : 'not so'),
    fix: { title: 'Require signatures', value: true, safety: 'review', risk: 'Try it on one computer of each kind first.' },
  }),
});
