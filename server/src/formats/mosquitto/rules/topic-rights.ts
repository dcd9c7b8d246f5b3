import { must, rule } from '#engine/rule.js';
import { topicRights } from '../access.js';

export default rule(topicRights, {
  title: 'Devices reach their own topics only',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'info',
  check: ({ limited, label }) => must(limited, {
    be: (on) => on,
    or: () => `${label} lets every account read and write every topic`,
    want: 'an acl_file or a plugin',
    show: (on) => (on ? 'limited' : 'every topic'),
  }),
});
