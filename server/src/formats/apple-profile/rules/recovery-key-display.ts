import { must, rule } from '#engine/rule.js';
import { recoveryKey } from '../queries.js';

export default rule(recoveryKey, {
  title: 'The recovery key is shown to nobody',
  family: 'at-rest',
  safeguards: ['164.312(a)(2)(iv)'],
  severity: 'info',
  check: (allowed) => must(allowed, {
    be: (v) => !v,
    or: () => 'The recovery key of the disk is shown to the person at the Mac although it is kept elsewhere',
    want: 'kept, not shown',
    show: (v) => (v ? 'shown' : 'not shown'),
    fix: { title: 'Show the recovery key to nobody', value: false, safety: 'review', risk: 'Make sure that a key kept by management can be read back before the key is no longer shown.' },
  }),
});
