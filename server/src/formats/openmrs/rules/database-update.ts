import { must, rule } from '#engine/rule.js';
import { databaseUpdate } from '../queries.js';

export default rule(databaseUpdate, {
  title: 'The database is not changed without a backup',
  family: 'backup',
  safeguards: ['164.308(a)(7)(ii)(A)', '164.312(c)(1)'],
  severity: 'info',
  check: (value) => must(value, {
    be: (on) => !on,
    or: () => 'A new version of OpenMRS changes the patient database when it starts, without asking',
    want: 'false',
    show: (on) => (on ? 'on' : 'off'),
    fix: {
      title: 'Ask before the database is changed', value: false, safety: 'review',
      risk: 'After an update, an administrator must start the change on the web page.',
    },
  }),
});
