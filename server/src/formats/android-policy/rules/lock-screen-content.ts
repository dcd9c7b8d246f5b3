import { must, rule } from '#engine/rule.js';
import { lockScreen } from '../queries.js';

export default rule(lockScreen, {
  title: 'The lock screen keeps the content of messages to itself',
  family: 'access',
  safeguards: ['164.310(b)', '164.312(a)(1)'],
  severity: 'info',
  check: (hidden) => must(hidden, {
    be: (v) => v,
    or: () => 'The lock screen shows the content of notifications to anyone who looks',
    want: 'hidden',
    show: (v) => (v ? 'hidden' : 'shown'),
    fix: { title: 'Hide the content of notifications', value: true, safety: 'review', risk: 'Alarms that staff read from the locked screen show their text only after unlocking: check which apps the ward relies on.' },
  }),
});
