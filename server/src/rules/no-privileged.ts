import { Privilege } from '#concepts/privilege.js';
import { must, rule } from '#engine/rule.js';

export default rule(Privilege, {
  title: 'Programs do not control their host',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'error',
  check: (privilege) => must(privilege.privileged, {
    be: (may) => !may,
    or: () => `${privilege.label} has full control of its host`,
    want: 'not allowed',
    show: (v) => (v ? 'allowed' : 'not allowed'),
    fix: { title: 'Drop full control', value: false, safety: 'review', risk: 'A program that needs a device of its host stops working until that device is granted by name.' },
  }),
});
