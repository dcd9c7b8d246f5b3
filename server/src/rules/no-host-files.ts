import { Privilege } from '#concepts/privilege.js';
import { must, rule } from '#engine/rule.js';

export default rule(Privilege, {
  title: 'Programs do not reach the files that control their host',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'error',
  check: (privilege) => must(privilege.hostFiles, {
    be: (may) => !may,
    or: () => `${privilege.label} can use files that control its host`,
    want: 'not allowed',
    show: (v) => (v ? 'allowed' : 'not allowed'),
    fix: { title: 'Take the mount away', value: false, safety: 'review', risk: 'The program can no longer use those files.' },
  }),
});
