import { must, rule } from '#engine/rule.js';
import { Pairing } from '../queries.js';

export default rule(Pairing, {
  title: 'Pairing is confirmed by a person',
  family: 'transmission',
  safeguards: ['164.312(d)', '164.312(e)(1)'],
  severity: 'warning',
  check: (capability) => must(capability, {
    be: (word) => word !== 'none',
    or: () => 'The device pairs over Bluetooth with whoever asks, and nobody compares a number',
    want: 'display_yes_no, keyboard_display or another way to compare',
  }),
});
