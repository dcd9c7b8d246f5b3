import { must, rule } from '#engine/rule.js';
import { noEntropy } from '../queries.js';

export default rule(noEntropy, {
  title: 'Random numbers are random',
  family: 'transmission',
  safeguards: ['164.312(e)(2)(ii)'],
  severity: 'error',
  check: (without) => must(without, {
    be: (none) => !none,
    or: () => 'The TLS library is built without a source of random numbers, so that its keys can be foretold',
    want: 'a source of entropy',
    show: (none) => (none ? 'none' : 'a source of entropy'),
    fix: {
      title: 'Ask for real random numbers',
      value: false,
      safety: 'review',
      risk: 'A board without a source of random numbers no longer builds: that board cannot keep a secret.',
    },
  }),
});
