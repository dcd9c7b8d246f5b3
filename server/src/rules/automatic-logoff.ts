import { Session } from '#concepts/session.js';
import { must, rule } from '#engine/rule.js';

export default rule(Session, {
  title: 'Idle sessions end',
  family: 'access',
  safeguards: ['164.312(a)(2)(iii)'],
  severity: 'warning',
  check: (session, policy) => must(session.idle, {
    be: (seconds) => seconds > 0 && seconds <= policy.idleLimit,
    or: (seconds) => (seconds === Infinity || seconds <= 0 ? `${session.label} may stay idle for ever` : `${session.label} may stay idle for ${seconds} seconds`),
    policy: 'idleLimit',
    show: (s) => (s === Infinity || s <= 0 ? 'for ever' : `${s} seconds`),
    fix: { title: 'End idle sessions', value: policy.idleLimit, safety: 'review', risk: 'Work that sits idle on purpose, such as a monitoring display, is ended too.' },
  }, policy),
});
