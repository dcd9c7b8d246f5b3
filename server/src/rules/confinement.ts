import { Privilege } from '#concepts/privilege.js';
import { must, rule } from '#engine/rule.js';

export default rule(Privilege, {
  title: 'The kernel confines programs',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'warning',
  check: (privilege) => must(privilege.unconfined, {
    be: (guards) => guards.length === 0,
    or: (guards) => `${privilege.label} switches off ${guards.join(', ')}, which keeps a broken program away from its host`,
    want: 'the profile of the runtime',
    show: (guards) => (guards.length === 0 ? 'confined' : 'unconfined'),
    fix: {
      title: 'Use the profile of the runtime', value: [], safety: 'review',
      risk: 'A program that makes an unusual system call fails: try it outside of care first.',
    },
  }),
});
