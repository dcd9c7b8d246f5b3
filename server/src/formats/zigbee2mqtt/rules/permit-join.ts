import { must, rule } from '#engine/rule.js';
import { Joining } from '../queries.js';

export default rule(Joining, {
  title: 'Devices join while somebody is watching',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.312(d)'],
  severity: 'error',
  check: (joining) => must(joining, {
    be: (open) => !open,
    or: () => 'Any Zigbee device in radio range may join the network at any time',
    want: 'closed',
    show: (open) => (open ? 'open' : 'closed'),
    fix: { title: 'Close the network to new devices', value: false, safety: 'safe' },
  }),
});
