import { must, rule } from '#engine/rule.js';
import { databaseAccount } from '../queries.js';

export default rule(databaseAccount, {
  title: 'OpenEMR is not the administrator of its database',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'warning',
  check: (value) => must(value, {
    be: (name) => name !== 'root',
    or: () => 'OpenEMR uses the administrator of the database server',
    want: 'an account for this database',
  }),
});
