import { Lockout } from '#concepts/lockout.js';
import { must, rule } from '#engine/rule.js';

export default rule(Lockout, {
  title: 'Guessing administrators\' passwords is stopped too',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(C)'],
  severity: 'info',
  check: (lockout) => must(lockout.bindsAdministrators, {
    be: (binds) => binds,
    or: () => `${lockout.label} does not cover administrators`,
    want: 'covered',
    show: (v) => (v ? 'covered' : 'not covered'),
    fix: { title: 'Cover administrators', value: true, safety: 'review', risk: 'Someone who guesses on purpose can keep administrators out for the time of the lock: keep a way in at the console.' },
  }),
});
