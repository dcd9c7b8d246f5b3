import { must, rule } from '#engine/rule.js';
import { voidLines } from '../queries.js';

export default rule(voidLines, {
  title: 'Every line that guards access counts',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'info',
  check: ({ label, keyword, counts }) => must(counts, {
    be: (effective) => effective,
    or: () => `${label} passes over this line: an earlier ${keyword} with another value counts`,
    want: 'one statement',
    show: (effective) => (effective ? 'counts' : 'has no effect'),
    fix: { title: 'Delete the line without effect', value: true, safety: 'review', risk: 'Nothing changes on the server; make sure the line that counts is the one you want.' },
  }),
});
