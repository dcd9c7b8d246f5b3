import { must, rule } from '#engine/rule.js';
import { presences } from '../queries.js';

export default rule(presences, {
  title: 'Sessions whose client is gone end',
  family: 'access',
  safeguards: ['164.312(a)(2)(iii)'],
  severity: 'info',
  check: (presence, policy) => must(presence.patience, {
    be: (seconds) => seconds <= policy.idleLimit,
    or: (seconds) => (seconds === Infinity ? `${presence.label} never ends a session whose client no longer answers` : `${presence.label} keeps a session for ${seconds} seconds after its client stopped answering`),
    policy: 'idleLimit',
    show: (seconds) => (seconds === Infinity ? 'never' : `${seconds} seconds`),
    fix: { title: 'End sessions whose client is gone', value: policy.idleLimit, safety: 'review', risk: 'A session over a line that drops out for longer than this is ended, with what runs in it.' },
  }, policy),
});
