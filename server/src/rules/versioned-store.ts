import { Store } from '#concepts/store.js';
import { must, rule } from '#engine/rule.js';

export default rule(Store, {
  title: 'Changed and deleted data can be brought back',
  family: 'backup',
  safeguards: ['164.308(a)(7)(ii)(A)', '164.312(c)(1)'],
  severity: 'warning',
  check: (store) => must(store.versioned, {
    be: (kept) => kept,
    or: () => `${store.label} forgets data that is overwritten or deleted`,
    want: 'versions kept',
    show: (v) => (v ? 'kept' : 'not kept'),
    fix: { title: 'Keep versions', value: true, safety: 'safe' },
  }),
});
