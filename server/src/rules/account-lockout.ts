import { Lockout } from '#concepts/lockout.js';
import { must, rule } from '#engine/rule.js';

export default rule(Lockout, {
  title: 'Guessing passwords is stopped',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(C)', '164.312(d)'],
  severity: 'warning',
  check: (lockout, policy) => must(lockout.attempts, {
    be: (attempts) => attempts > 0 && attempts <= policy.lockoutAttempts,
    or: (attempts) => (attempts === Infinity || attempts <= 0 ? `${lockout.label} lets passwords be tried without end` : `${lockout.label} lets a password be tried ${attempts} times`),
    policy: 'lockoutAttempts',
    show: (n) => (n === Infinity || n <= 0 ? 'no limit' : `${n} attempts`),
    fix: { title: 'Lock after failed attempts', value: policy.lockoutAttempts, safety: 'review', risk: 'A person who mistypes is locked out for a while: name the emergency access procedure, 164.312(a)(2)(ii), to clinical staff first.' },
  }, policy),
});
