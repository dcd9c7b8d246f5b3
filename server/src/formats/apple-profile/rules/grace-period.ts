import { must, rule } from '#engine/rule.js';
import { grace } from '../queries.js';

export default rule(grace, {
  title: 'The passcode is asked for soon after the screen is dark',
  family: 'access',
  safeguards: ['164.312(a)(2)(iii)'],
  severity: 'warning',
  check: ({ seconds, idle }, policy) => must(seconds, {
    be: (extra) => extra + idle <= policy.idleLimit,
    or: (extra) => (idle > 0 ? `The device opens without a passcode for ${extra} seconds behind ${idle} seconds of idleness` : `The device opens without a passcode for ${extra} seconds after it was locked`),
    policy: 'idleLimit',
    show: (extra) => `${extra + idle} seconds`,
    fix: { title: 'Ask for the passcode at once', value: 0, safety: 'review', risk: 'People type their passcode more often: make sure that everyone who may need the device in an emergency knows one, 164.312(a)(2)(ii).' },
  }, policy),
});
