import { Session } from '#concepts/session.js';
import { must, rule } from '#engine/rule.js';

export default rule(Session, {
  title: 'Files stay where the session is',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'info',
  check: (session) => must(session.filesLeave, {
    be: (leave) => !leave,
    or: () => `${session.label} may copy files to the drives of whoever connects`,
    want: 'kept',
    show: (leave) => (leave ? 'can be copied out' : 'kept'),
    fix: { title: 'Keep files in the session', value: false, safety: 'review', risk: 'Support needs another way to carry files to the computer and from it.' },
  }),
});
