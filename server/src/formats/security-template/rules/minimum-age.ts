import { given, must, rule } from '#engine/rule.js';
import { minimumAges } from '../queries.js';

export default rule(minimumAges, {
  title: 'A history of passwords cannot be passed through in a minute',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'info',
  check: ({ days, history }) => given(history, (n) => n > 0, () => must(days, {
    be: (n) => n >= 1,
    or: () => 'A password may be changed again at once, so that the old one comes back through the history',
    want: '1 day',
    show: (n) => `${n} days`,
    fix: { title: 'Keep a new password for a day', value: 1, safety: 'safe' },
  })),
});
