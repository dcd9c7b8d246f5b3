import { must, rule } from '#engine/rule.js';
import { guards } from '../queries.js';

export default rule(guards, {
  title: 'Nobody can send the device away from its network',
  family: 'transmission',
  safeguards: ['164.312(e)(1)'],
  severity: 'warning',
  check: ({ label, managementFrames }) => must(managementFrames, {
    be: (on) => on,
    or: () => `${label} does not protect management frames, so that anyone in range can throw the device off it`,
    want: 'protected',
    show: (on) => (on ? 'protected' : 'not protected'),
    fix: {
      title: 'Protect management frames',
      value: true,
      safety: 'review',
      risk: 'The driver of the radio must support it. Access points that cannot do it are still joined.',
    },
  }),
});
