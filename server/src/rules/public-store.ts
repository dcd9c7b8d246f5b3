import { Store } from '#concepts/store.js';
import { must, rule } from '#engine/rule.js';

export default rule(Store, {
  title: 'Stores of health data are not public',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'error',
  check: (store) => must(store.public, {
    be: (open) => !open,
    or: () => `${store.label} can be read or reached by anyone on the Internet`,
    want: 'private',
    show: (v) => (v ? 'public' : 'private'),
    fix: { title: 'Make it private', value: false, safety: 'review', risk: 'Whoever uses the public address is cut off.' },
  }),
});
