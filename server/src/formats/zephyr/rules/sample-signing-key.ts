import { must, rule } from '#engine/rule.js';
import { sampleKey } from '../queries.js';

export default rule(sampleKey, {
  title: 'Firmware is signed with a key of your own',
  family: 'malware',
  safeguards: ['164.312(c)(1)', '164.308(a)(5)(ii)(D)'],
  severity: 'error',
  check: (open) => must(open, {
    be: (on) => !on,
    or: () => 'Firmware is signed with a sample key whose private half is published',
    want: 'a key of your own',
    show: (on) => (on ? 'a published key' : 'a key of your own'),
  }),
});
