import { must, rule } from '#engine/rule.js';
import { blocking } from '../queries.js';

export default rule(blocking, {
  title: 'Devices that do not comply are shut out',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(1)(ii)(B)'],
  severity: 'info',
  check: (blocks) => must(blocks, {
    be: (v) => v,
    or: () => 'A device that does not comply is marked and never shut out',
    want: 'shut out after a while',
    show: (v) => (v ? 'shut out' : 'marked only'),
  }),
});
