import { must, rule } from '#engine/rule.js';
import { decryption } from '../queries.js';

export default rule(decryption, {
  title: 'The disk stays encrypted',
  family: 'at-rest',
  safeguards: ['164.312(a)(2)(iv)'],
  severity: 'warning',
  check: (refused) => must(refused, {
    be: (v) => v,
    or: () => 'Whoever administers the Mac may switch the encryption of its disk off again',
    want: 'refused',
    show: (v) => (v ? 'refused' : 'allowed'),
    fix: { title: 'Keep the disk encrypted', value: true, safety: 'safe' },
  }),
});
