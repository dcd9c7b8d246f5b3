import { must, rule } from '#engine/rule.js';
import { guards } from '../queries.js';

export default rule(guards, {
  title: 'Nobody can send devices away from the network',
  family: 'transmission',
  safeguards: ['164.312(e)(1)'],
  severity: 'warning',
  check: ({ label, managementFrames }) => must(managementFrames, {
    be: (on) => on,
    or: () => `${label} does not protect management frames, so that anyone in range can throw devices off it`,
    want: 'protected',
    show: (on) => (on ? 'protected' : 'not protected'),
    fix: {
      title: 'Protect management frames',
      value: true,
      safety: 'review',
      risk: 'The driver of the radio must support it, and some old devices fail to join: try one of each kind.',
    },
  }),
});
