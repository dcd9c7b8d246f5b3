import { Privilege } from '#concepts/privilege.js';
import { must, rule } from '#engine/rule.js';

export default rule(Privilege, {
  title: 'Programs cannot change their own files',
  family: 'access',
  safeguards: ['164.312(c)(1)'],
  severity: 'info',
  precaution: true,
  check: (privilege) => must(privilege.writableProgram, {
    be: (may) => !may,
    or: () => `${privilege.label} may change its own program files`,
    want: 'not allowed',
    show: (v) => (v ? 'allowed' : 'not allowed'),
    fix: { title: 'Make it read-only', value: false, safety: 'review', risk: 'A program that writes outside its data folders fails.' },
  }),
});
