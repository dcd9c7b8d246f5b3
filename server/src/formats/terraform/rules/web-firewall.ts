import { must, rule } from '#engine/rule.js';
import { WebFirewall } from '../traits.js';

export default rule(WebFirewall, {
  title: 'Public web entries have a web application firewall',
  family: 'firewall',
  safeguards: ['164.312(a)(1)'],
  severity: 'info',
  check: (subject) => must(subject.holds, {
    be: (holds) => holds,
    or: () => `${subject.label} answers the Internet without a web application firewall`,
    want: 'a web ACL',
    show: () => undefined,
  }),
});
