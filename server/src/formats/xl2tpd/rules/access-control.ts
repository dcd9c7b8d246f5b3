import { must, rule } from '#engine/rule.js';
import { accessControls } from '../queries.js';

export default rule(accessControls, {
  title: 'Only the gateways that are named may call',
  family: 'transmission',
  safeguards: ['164.312(a)(1)'],
  severity: 'warning',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} names the gateways that may call and lets in all others`,
    want: 'access control = yes',
    show: () => undefined,
    fix: { title: 'Let in named gateways alone', value: true, safety: 'review', risk: 'Gateways that no section names can no longer call.' },
  }),
});
