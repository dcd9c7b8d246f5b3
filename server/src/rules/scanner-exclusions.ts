import { Malware } from '#concepts/malware.js';
import { must, rule } from '#engine/rule.js';

export default rule(Malware, {
  title: 'The scanner looks where malicious software lives',
  family: 'malware',
  safeguards: ['164.308(a)(5)(ii)(B)'],
  severity: 'error',
  check: (malware) => must(malware.exclusions, {
    be: (places) => places.length === 0,
    or: (places) => `${malware.label} does not look at ${places.join(', ')}`,
    want: 'the folder of one application at most',
    show: (places) => places.join(', '),
  }),
});
