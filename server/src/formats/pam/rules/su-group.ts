import { must, rule } from '#engine/rule.js';
import { su } from '../queries.js';

export default rule(su, {
  title: 'Few people may become root',
  family: 'access',
  safeguards: ['164.308(a)(4)(ii)(B)', '164.312(a)(1)'],
  severity: 'info',
  check: ({ who }) => must(who, {
    be: (may) => may === 'a group',
    or: (may) => (may === 'anyone' ? 'Everyone who knows the password of another account, root among them, may become it with su' : 'Members of a group become root with su without a password'),
    want: 'members of a group, with a password',
  }),
});
