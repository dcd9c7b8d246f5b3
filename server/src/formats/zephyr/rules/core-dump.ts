import { must, rule } from '#engine/rule.js';
import { coreDump } from '../queries.js';

export default rule(coreDump, {
  title: 'A crash does not give the memory away',
  family: 'at-rest',
  safeguards: ['164.312(a)(1)', '164.310(d)(1)'],
  severity: 'warning',
  check: ({ to, written }) => must(written, {
    be: (on) => !on,
    or: () => `A crash writes the memory of the device to ${to} in clear, measurements and keys included`,
    want: 'no copy in clear',
    show: (on) => (on ? `to ${to}` : 'none'),
    fix: {
      title: 'Write no copy of the memory',
      value: false,
      safety: 'review',
      risk: 'Crashes in the field can no longer be analysed from the dump: keep it on the test bench.',
    },
  }),
});
