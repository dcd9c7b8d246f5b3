import { must, rule } from '#engine/rule.js';
import { lifetimes } from '../queries.js';

export default rule(lifetimes, {
  title: 'Keys are renewed within a day',
  family: 'transmission',
  safeguards: ['164.312(e)(2)(ii)'],
  severity: 'info',
  check: (subject) => must(subject.good, {
    be: (seconds) => seconds > 0 && seconds <= 86_400,
    or: (seconds) => `${subject.label} uses one key for ${Math.round(seconds / 3600)} hours`,
    want: '24 hours at most',
    show: () => undefined,
    fix: { title: 'Renew keys sooner', value: 28_800, safety: 'safe' },
  }),
});
