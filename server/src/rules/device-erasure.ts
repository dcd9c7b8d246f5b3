import { Lockout } from '#concepts/lockout.js';
import { must, rule } from '#engine/rule.js';

export default rule(Lockout, {
  title: 'A lost device erases itself after wrong passcodes',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(C)', '164.310(d)(1)'],
  severity: 'warning',
  check: (lockout, policy) => must(lockout.attemptsBeforeErase, {
    be: (attempts) => attempts > 0 && attempts <= policy.eraseAttempts,
    or: (attempts) => (attempts === Infinity || attempts <= 0 ? `${lockout.label} never erases a device, however often its passcode is guessed`
      : `${lockout.label} erases a device only after ${attempts} wrong passcodes`),
    policy: 'eraseAttempts',
    show: (n) => (n === Infinity || n <= 0 ? 'never' : `${n} attempts`),
    fix: { title: 'Erase the device after wrong passcodes', value: policy.eraseAttempts, safety: 'review',
      risk: 'A device that erases itself loses what it has not yet sent and is missing on the ward: name the emergency access procedure, 164.312(a)(2)(ii), and keep a spare device, first.' },
  }, policy),
});
