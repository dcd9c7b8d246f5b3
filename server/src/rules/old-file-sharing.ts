import { Channel } from '#concepts/channel.js';
import { must, rule } from '#engine/rule.js';

export default rule(Channel, {
  title: 'File sharing of the first version is off',
  family: 'malware',
  safeguards: ['164.312(e)(1)', '164.308(a)(5)(ii)(B)'],
  severity: 'error',
  check: (channel) => must(channel.oldFileSharing, {
    be: (old) => !old,
    or: () => `${channel.label} speaks SMB 1`,
    want: 'SMB 2 or later',
    show: (old) => (old ? 'SMB 1' : 'later'),
    fix: {
      title: 'Switch SMB 1 off', value: false, safety: 'review',
      risk: 'What knows SMB 1 alone can no longer be reached: try it on one computer of each kind first.',
    },
  }),
});
