import { must, rule } from '#engine/rule.js';
import { storage } from '../queries.js';

export default rule(storage, {
  title: 'A channel keeps no more copies of a message than it needs',
  family: 'at-rest',
  safeguards: ['164.312(a)(1)'],
  severity: 'info',
  check: ({ name, mode }) => must(mode, {
    be: (kept) => kept !== 'DEVELOPMENT',
    or: () => `Channel ${name} keeps every stage of every message, as for development`,
    want: 'PRODUCTION or less',
    fix: {
      title: 'Store as in production', value: 'PRODUCTION', safety: 'review',
      risk: 'The transformed and processed stages of a message can no longer be looked at when a mapping is wrong.',
    },
  }),
});
