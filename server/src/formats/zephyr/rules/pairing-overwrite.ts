import { must, rule } from '#engine/rule.js';
import { overwrite } from '../queries.js';

export default rule(overwrite, {
  title: 'A pairing is not replaced by a stranger',
  family: 'access',
  safeguards: ['164.312(d)'],
  severity: 'error',
  check: (open) => must(open, {
    be: (on) => !on,
    or: () => 'A device that proves nothing may take the place of a paired one',
    want: 'refused',
    show: (on) => (on ? 'allowed' : 'refused'),
    fix: {
      title: 'Refuse to replace a pairing',
      value: false,
      safety: 'review',
      risk: 'A phone that lost its pairing must be removed on the device before it pairs again.',
    },
  }),
});
