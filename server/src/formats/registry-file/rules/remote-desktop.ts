import { must, rule } from '#engine/rule.js';
import { desktops } from '../queries.js';

export default rule(desktops, {
  title: 'Remote Desktop begins with a proof of who is there',
  family: 'access',
  safeguards: ['164.312(d)', '164.312(a)(1)'],
  severity: 'warning',
  check: ({ safe, says }) => must(safe, {
    be: (so) => so,
    or: () => says,
    want: 'proven',
    show: (so) => (so ? 'proven' : 'not so'),
    fix: { title: 'Ask for the proof first', value: true, safety: 'review', risk: 'Keep another way to the computer until the new one works.' },
  }),
});
