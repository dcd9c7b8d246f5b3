import { must, rule } from '#engine/rule.js';
import { unscanned } from '../queries.js';

export default rule(unscanned, {
  title: 'The scanner looks where malicious software lives',
  family: 'malware',
  safeguards: ['164.308(a)(5)(ii)(B)'],
  severity: 'error',
  check: ({ what, wide }) => must(wide, {
    be: (so) => !so,
    or: () => `Microsoft Defender does not look at ${what}`,
    want: 'the folder of one application at most',
    show: () => what,
  }),
});
