import { Store } from '#concepts/store.js';
import { must, rule } from '#engine/rule.js';

export default rule(Store, {
  title: 'Encryption keys are under your control',
  family: 'at-rest',
  safeguards: ['164.312(a)(2)(iv)'],
  severity: 'info',
  check: (store) => must(store.ownKey, {
    be: (own) => own,
    or: () => `${store.label} is encrypted with a key you cannot revoke or audit`,
    want: 'a key of your own',
    show: (v) => (v ? 'own key' : 'service key'),
  }),
});
