import { Session } from '#concepts/session.js';
import { must, rule } from '#engine/rule.js';

export default rule(Session, {
  title: 'A locked screen asks who comes back',
  family: 'access',
  safeguards: ['164.312(a)(2)(iii)', '164.310(c)'],
  severity: 'warning',
  check: (session) => must(session.locks, {
    be: (locks) => locks,
    or: () => `${session.label} comes back from the lock without a password`,
    want: 'locked',
    show: (v) => (v ? 'locked' : 'not locked'),
    fix: { title: 'Ask for the password on return', value: true, safety: 'review', risk: 'People must know their password; keep the emergency access procedure, 164.312(a)(2)(ii), at hand.' },
  }),
});
