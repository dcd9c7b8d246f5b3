import { must, rule } from '#engine/rule.js';
import { clock } from '../queries.js';

export default rule(clock, {
  title: 'The clock comes from a checked source',
  family: 'audit',
  safeguards: ['164.312(b)'],
  severity: 'info',
  check: (subject) =>
    must(subject.good, {
      be: (good) => good,
      or: () => `${subject.label}`,
      want: 'ntp server with a key',
      show: () => undefined,
    }),
});
