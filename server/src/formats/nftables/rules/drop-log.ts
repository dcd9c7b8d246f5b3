import { must, rule } from '#engine/rule.js';
import { dropRecords } from '../queries.js';

export default rule(dropRecords, {
  title: 'Refused traffic is recorded',
  family: 'audit',
  safeguards: ['164.312(b)'],
  severity: 'info',
  check: (chain) =>
    must(chain.good, {
      be: (good) => good,
      or: () => `${chain.label} drops traffic without a record`,
      want: 'a log rule with a limit',
      show: () => undefined,
      fix: { title: 'Record what is dropped', value: true, safety: 'safe' },
    }),
});
