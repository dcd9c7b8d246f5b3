import { must, rule } from '#engine/rule.js';
import { accountDefaults } from '../queries.js';

export default rule(accountDefaults, {
  title: 'People are warned before their password expires',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'info',
  check: ({ warning, maximumAge }) => (maximumAge.kind === 'undetermined' || maximumAge.value === Infinity ? undefined : must(warning, {
    be: (days) => days >= 7,
    or: (days) => (days < 0 ? 'Passwords of new accounts expire without a warning' : `Passwords of new accounts expire ${days} day${days === 1 ? '' : 's'} after the first warning`),
    want: '7 days',
    show: (days) => (days < 0 ? 'no warning' : `${days} days`),
    fix: { title: 'Warn a week before', value: 7, safety: 'safe' },
  })),
});
