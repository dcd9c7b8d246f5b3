import { Store } from '#concepts/store.js';
import { must, rule } from '#engine/rule.js';

export default rule(Store, {
  title: 'What is encrypted can be opened in an emergency',
  family: 'at-rest',
  safeguards: ['164.312(a)(2)(ii)', '164.312(a)(2)(iv)'],
  severity: 'warning',
  check: (store) => must(store.recoveryKept, {
    be: (kept) => kept,
    or: () => `${store.label} may be encrypted without its recovery key being kept`,
    want: 'kept',
    show: (kept) => (kept ? 'kept' : 'not kept'),
    fix: { title: 'Keep the recovery key', value: true, safety: 'review', risk: 'Check afterwards that the key of every computer has arrived.' },
  }),
});
