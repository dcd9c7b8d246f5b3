import { must, rule } from '#engine/rule.js';
import { PersonalLogin } from '../traits.js';

export default rule(PersonalLogin, {
  title: 'People sign in as themselves',
  family: 'access',
  safeguards: ['164.312(a)(2)(i)'],
  severity: 'info',
  check: (subject) => must(subject.holds, {
    be: (holds) => holds,
    or: () => `${subject.label} accepts keys or accounts that several people share`,
    want: 'personal accounts',
    show: () => undefined,
    fix: { title: 'Ask for personal accounts', value: true, safety: 'review', risk: 'Whoever signs in with the shared key or account is locked out: give people their own first.' },
  }),
});
