import { must, rule } from '#engine/rule.js';
import { scriptPasswords } from '../queries.js';

export default rule(scriptPasswords, {
  title: 'Scripts are not handed passwords',
  family: 'secrets',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} hands passwords of callers to scripts through the environment`,
    want: 'level 2',
    show: () => undefined,
    fix: { title: 'Keep passwords from scripts', value: true, safety: 'review', risk: 'A script of `auth-user-pass-verify` with `via-env` must be changed to `via-file` first.' },
  }),
});
