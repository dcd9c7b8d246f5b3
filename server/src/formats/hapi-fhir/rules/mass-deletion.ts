import { must, rule } from '#engine/rule.js';
import { deletions } from '../queries.js';

export default rule(deletions, {
  title: 'Patient data is not erased in bulk',
  family: 'access',
  safeguards: ['164.312(c)(1)'],
  severity: 'warning',
  check: ({ name, on }) => must(on, {
    be: (on) => !on,
    or: () => `One caller can ${name}`,
    want: 'false',
    show: (on) => (on ? 'on' : 'off'),
    fix: { title: 'Switch it off', value: false, safety: 'review', risk: 'Jobs that clean up test data this way stop working.' },
  }),
});
