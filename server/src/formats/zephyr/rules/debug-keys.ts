import { must, rule } from '#engine/rule.js';
import { debugKeys } from '../queries.js';

export default rule(debugKeys, {
  title: 'Bluetooth pairs with keys of its own',
  family: 'transmission',
  safeguards: ['164.312(e)(2)(ii)'],
  severity: 'error',
  check: (open) => must(open, {
    be: (on) => !on,
    or: () => 'Bluetooth accepts the key pair printed in the specification, so that anyone in range can read along',
    want: 'a new key pair',
    show: (on) => (on ? 'the printed key pair' : 'a new key pair'),
    fix: { title: 'Pair with a new key pair', value: false, safety: 'review', risk: 'A protocol analyser on the test bench can no longer read the link.' },
  }),
});
