import { must, rule } from '#engine/rule.js';
import { anonymousFolders } from '../queries.js';

export default rule(anonymousFolders, {
  title: 'Folders with messages are not open to anyone',
  family: 'access',
  safeguards: ['164.312(d)', '164.312(a)(1)'],
  severity: 'error',
  check: ({ connector, anonymous }) => must(anonymous, {
    be: (open) => !open,
    or: () => `The file connection ${connector.whose} opens its folder without a log-in, so anyone can`,
    want: 'an account for the engine',
    show: (open) => (open ? 'anonymous' : 'with an account'),
  }),
});
