import { must, rule } from '#engine/rule.js';
import { database } from '../queries.js';

export default rule(database, {
  title: 'Messages are in a database that can be backed up while it runs',
  family: 'backup',
  safeguards: ['164.308(a)(7)(ii)(A)'],
  severity: 'info',
  check: (value) => must(value, {
    be: (kind) => kind.trim().toLowerCase() !== 'derby',
    or: () => 'Messages are in the embedded Derby database, which is meant for trials',
    want: 'postgres, mysql, oracle or sqlserver',
  }),
});
