import { Lockout } from '#concepts/lockout.js';
import { must, rule } from '#engine/rule.js';

export default rule(Lockout, {
  title: 'A lock lasts long enough',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(C)'],
  severity: 'info',
  check: (lockout, policy) => must(lockout.duration, {
    be: (seconds) => seconds >= policy.lockoutDuration,
    or: (seconds) => `${lockout.label} is over after ${seconds} second${seconds === 1 ? '' : 's'}`,
    policy: 'lockoutDuration',
    show: (s) => (s === Infinity ? 'until unlocked' : `${s} seconds`),
    fix: { title: 'Lock for longer', value: policy.lockoutDuration, safety: 'review', risk: 'A locked-out person waits longer: name the emergency access procedure, 164.312(a)(2)(ii), to clinical staff first.' },
  }, policy),
});
