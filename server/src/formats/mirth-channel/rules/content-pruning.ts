import { must, rule } from '#engine/rule.js';
import { pruning } from '../queries.js';

export default rule(pruning, {
  title: 'Stored messages are deleted when they are no longer needed',
  family: 'at-rest',
  safeguards: ['164.310(d)(2)(i)'],
  severity: 'warning',
  check: ({ name, days }) => must(days, {
    be: (value) => value !== Infinity,
    or: () => `Channel ${name} keeps the content of messages for ever`,
    want: 'a number of days',
    show: (value) => (value === Infinity ? 'for ever' : `${value} days`),
    fix: {
      title: 'Delete content after 30 days', value: 30, safety: 'review',
      risk: 'Older messages can no longer be sent again from the engine: agree the number of days with those who use it for repair.',
    },
  }),
});
