import { must, rule } from '#engine/rule.js';
import { testRandom } from '../queries.js';

export default rule(testRandom, {
  title: 'Random numbers are random',
  family: 'transmission',
  safeguards: ['164.312(e)(2)(ii)'],
  severity: 'error',
  check: (open) => must(open, {
    be: (on) => !on,
    or: () => 'The firmware may make its keys from numbers that can be foretold',
    want: 'a hardware source',
    show: (on) => (on ? 'may be foretold' : 'random'),
    fix: {
      title: 'Ask for real random numbers',
      value: false,
      safety: 'review',
      risk: 'A board without a source of random numbers no longer builds: that board cannot keep a secret.',
    },
  }),
});
