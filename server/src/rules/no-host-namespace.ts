import { Privilege } from '#concepts/privilege.js';
import { must, rule } from '#engine/rule.js';

export default rule(Privilege, {
  title: 'Programs do not share the network or processes of their host',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'error',
  check: (privilege) => must(privilege.hostNamespace, {
    be: (may) => !may,
    or: () => `${privilege.label} shares the network or processes of its host`,
    want: 'not allowed',
    show: (v) => (v ? 'allowed' : 'not allowed'),
    fix: { title: 'Isolate from the host', value: false, safety: 'review', risk: 'Ports that were reachable directly must be published, and discovery by broadcast stops.' },
  }),
});
