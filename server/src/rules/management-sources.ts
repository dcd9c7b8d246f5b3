import { Login } from '#concepts/login.js';
import { must, rule } from '#engine/rule.js';

export default rule(Login, {
  title: 'Management log-ins come from known addresses',
  family: 'firewall',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'warning',
  check: (login) => must(login.sources, {
    be: (sources) => sources === 'restricted',
    or: () => `${login.label} accepts management log-ins from any address`,
    want: 'listed addresses only',
    fix: { title: 'Accept listed addresses only', value: 'restricted', safety: 'review', risk: 'An access list that does not contain your own address locks you out.' },
  }),
});
