import { must, rule } from '#engine/rule.js';
import { desktops } from '../queries.js';

export default rule(desktops, {
  title: 'Remote Desktop begins with a proof of who is there',
  family: 'access',
  safeguards: ['164.312(d)', '164.312(a)(1)'],
  severity: 'warning',
  check: (asked) => must(asked, {
    be: (so) => so,
    or: () => 'Remote Desktop opens a session before it knows who asks (network level authentication is off)',
    want: 'asked first',
    show: (so) => (so ? 'asked first' : 'not asked'),
    fix: { title: 'Ask who is there first', value: true, safety: 'review', risk: 'Clients older than Windows 7 are refused.' },
  }),
});
