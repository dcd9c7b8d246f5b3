import { must, rule } from '#engine/rule.js';
import { permits } from '../queries.js';

export default rule(permits, {
  title: 'Nobody is let in unasked',
  family: 'access',
  safeguards: ['164.312(d)'],
  severity: 'error',
  check: ({ label, sound }) => must(sound, {
    be: (asked) => asked,
    or: () => `${label} lets everyone in before anything was asked`,
    want: 'a module that asks first',
    show: (asked) => (asked ? 'asked' : 'let in'),
  }),
});
