import { must, rule } from '#engine/rule.js';
import { bulkExport } from '../queries.js';

export default rule(bulkExport, {
  title: 'The whole database is not handed out by default',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'warning',
  check: (value) => must(value, {
    be: (on) => !on,
    or: () => 'One request can hand out the data of every patient (bulk export)',
    want: 'false',
    show: (on) => (on ? 'on' : 'off'),
    fix: { title: 'Switch bulk export off', value: false, safety: 'review', risk: 'Programs that fetch data in bulk, such as reporting, stop working.' },
  }),
});
