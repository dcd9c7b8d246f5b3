import { must, rule } from '#engine/rule.js';
import { storage } from '../queries.js';

export default rule(storage, {
  title: 'A channel keeps a record of what passed through it',
  family: 'audit',
  safeguards: ['164.312(b)'],
  severity: 'warning',
  check: ({ name, mode }) => must(mode, {
    be: (kept) => kept !== 'DISABLED',
    or: () => `Channel ${name} keeps no record of the messages that pass`,
    want: 'metadata at least',
    fix: {
      title: 'Keep metadata without content', value: 'METADATA', safety: 'review',
      risk: 'The database of the server grows: set pruning for the channel.',
    },
  }),
});
