import { DatabaseAccount } from '#concepts/database-account.js';
import { must, rule } from '#engine/rule.js';

export default rule(DatabaseAccount, {
  title: 'Programs are not the administrator of their database',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'warning',
  check: (account) => must(account.administrator, {
    be: (administrator) => !administrator,
    or: () => `${account.label} uses the account that administers the whole database server`,
    want: 'an account for this database',
    show: (administrator) => (administrator ? 'the administrator' : 'an account of its own'),
  }),
});
