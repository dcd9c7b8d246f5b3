import { must, rule } from '#engine/rule.js';
import { oldSharing } from '../queries.js';

export default rule(oldSharing, {
  title: 'File sharing of the first version is off',
  family: 'malware',
  safeguards: ['164.312(e)(1)', '164.308(a)(5)(ii)(B)'],
  severity: 'error',
  check: ({ safe, says }) => must(safe, {
    be: (so) => so,
    or: () => says,
    want: 'off',
    show: (so) => (so ? 'off' : 'not so'),
    fix: { title: 'Switch SMB 1 off', value: true, safety: 'review', risk: 'Try it on one computer of each kind first; it takes effect after a restart.' },
  }),
});
