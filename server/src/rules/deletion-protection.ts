import { Store } from '#concepts/store.js';
import { must, rule } from '#engine/rule.js';

export default rule(Store, {
  title: 'Stores cannot be deleted by one command',
  family: 'backup',
  safeguards: ['164.308(a)(7)(ii)(A)', '164.312(c)(1)'],
  severity: 'info',
  check: (store) => must(store.deletionProtected, {
    be: (guarded) => guarded,
    or: () => `${store.label} can be deleted by one command`,
    want: 'protected',
    show: (v) => (v ? 'protected' : 'not protected'),
    fix: { title: 'Protect against deletion', value: true, safety: 'safe' },
  }),
});
