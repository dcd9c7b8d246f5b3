import { must, rule } from '#engine/rule.js';
import { accessControl } from '../queries.js';

export default rule(accessControl, {
  title: 'Access ports ask what is plugged in',
  family: 'access',
  safeguards: ['164.312(d)', '164.310(c)'],
  severity: 'info',
  check: (subject) =>
    must(subject.good, {
      be: (good) => good,
      or: () => `${subject.label} lets any device join the network`,
      want: '802.1X or port security',
      show: () => undefined,
      fix: {
        title: 'Limit the port to one device',
        value: true,
        safety: 'review',
        risk: 'A port that serves a telephone and a computer needs a higher maximum first.',
      },
    }),
});
