import { must, rule } from '#engine/rule.js';
import { creditLines } from '../queries.js';

export default rule(creditLines, {
  title: 'Mixed characters do not shorten passwords',
  family: 'password',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: ({ name, kind, value }, policy) => must(value, {
    be: (credit) => credit <= 0,
    or: (credit) => `${name} takes ${credit === 1 ? 'one character' : `up to ${credit} characters`} off the least length of a password with a ${kind}`,
    want: 'no credit',
    fix: { title: `Ask for a ${kind} instead`, value: policy.passwordClasses > 0 ? -1 : 0, safety: 'safe' },
  }),
});
