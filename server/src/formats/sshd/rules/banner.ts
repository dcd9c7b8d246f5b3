import { must, rule } from '#engine/rule.js';
import { services } from '../queries.js';

export default rule(services, {
  title: 'People are told the rules before they sign in',
  family: 'access',
  safeguards: ['164.308(a)(5)(i)'],
  severity: 'info',
  check: (server) => must(server.banner, {
    be: (shown) => shown,
    or: () => `${server.label} shows no notice before the log-in`,
    want: 'a notice',
    show: (shown) => (shown ? 'shown' : 'none'),
    fix: { title: 'Show /etc/issue.net', value: true, safety: 'review', risk: 'The file must hold the notice of your organisation; as shipped it names the operating system.' },
  }),
});
