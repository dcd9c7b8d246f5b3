import { must, rule } from '#engine/rule.js';
import { counting } from '../queries.js';

export default rule(counting, {
  title: 'Slow guessing is counted too',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(C)'],
  severity: 'info',
  check: ({ interval }, policy) => must(interval, {
    be: (seconds) => seconds >= policy.lockoutDuration,
    or: (seconds) => `The account lock forgets failed log-ins after ${seconds} second${seconds === 1 ? '' : 's'}`,
    policy: 'lockoutDuration',
    show: (seconds) => `${seconds} seconds`,
    fix: { title: 'Count failures for longer', value: policy.lockoutDuration, safety: 'review', risk: 'People who mistype now and then are locked out more often: name the emergency access procedure, 164.312(a)(2)(ii), to clinical staff first.' },
  }, policy),
});
