import { must, rule } from '#engine/rule.js';
import { tokens } from '../queries.js';

export default rule(tokens, {
  title: 'Answers do not name the version of the server',
  family: 'access',
  safeguards: ['164.308(a)(1)(ii)(B)'],
  severity: 'info',
  check: ({ setting, place }) => must(setting, {
    be: (named) => !named,
    or: () => `The answers of ${place} name the version of nginx`,
    want: 'off',
    show: (named) => (named ? 'on' : 'off'),
    fix: { title: 'Leave the version out', value: false, safety: 'safe' },
  }),
});
