import { must, rule } from '#engine/rule.js';
import { idleDemands } from '../queries.js';

export default rule(idleDemands, {
  title: 'What is asked of callers is handed on',
  family: 'access',
  safeguards: ['164.312(d)'],
  severity: 'warning',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} asks for this in vain: without \`require authentication = yes\` it is not handed to pppd`,
    want: 'require authentication = yes',
    show: () => undefined,
    fix: { title: 'Require authentication', value: true, safety: 'review', risk: 'Callers that could not prove who they are are refused.' },
  }),
});
