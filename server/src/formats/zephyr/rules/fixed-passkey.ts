import { must, rule } from '#engine/rule.js';
import { fixedPasskey } from '../queries.js';

export default rule(fixedPasskey, {
  title: 'Pairing asks for a number made for it',
  family: 'access',
  safeguards: ['164.312(d)', '164.308(a)(5)(ii)(D)'],
  severity: 'error',
  check: (open) => must(open, {
    be: (on) => !on,
    or: () => 'Bluetooth pairs with a number fixed in the program, the same on every device',
    want: 'a new number',
    show: (on) => (on ? 'fixed' : 'new each time'),
    fix: {
      title: 'Make a number for each pairing',
      value: false,
      safety: 'review',
      risk: 'The device needs a way to show the number or to confirm it, such as a display, a button or a label of its own: see what the program does with it.',
    },
  }),
});
