import { Store } from '#concepts/store.js';
import { must, rule } from '#engine/rule.js';

export default rule(Store, {
  title: 'Health data rests encrypted',
  family: 'at-rest',
  safeguards: ['164.312(a)(2)(iv)'],
  severity: 'error',
  check: (store) => must(store.encrypted, {
    be: (encrypted) => encrypted,
    or: () => `${store.label} keeps data without encryption`,
    want: 'encrypted',
    show: (v) => (v ? 'encrypted' : 'not encrypted'),
    fix: { title: 'Encrypt at rest', value: true, safety: 'review', risk: 'Many stores can be encrypted only when they are made: the change may replace the store, data included.' },
  }),
});
