import { must, rule } from '#engine/rule.js';
import { roles } from '../queries.js';

export default rule(roles, {
  title: 'Roles decide what a caller may do',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'error',
  check: (value) => must(value, {
    be: (on) => on,
    or: () => 'Every caller of the FHIR server may do everything',
    want: 'true',
    show: (on) => (on ? 'on' : 'off'),
    fix: {
      title: 'Check roles', value: true, safety: 'review',
      risk: 'Clients whose token holds no role are refused: assign roles first, and keep one for emergency access, 164.312(a)(2)(ii).',
    },
  }),
});
