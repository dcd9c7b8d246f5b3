import { must, rule } from '#engine/rule.js';
import { managedDocuments } from '../queries.js';

export default rule(managedDocuments, {
  title: 'Documents of work stay in the apps of work',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'warning',
  check: (blocked) => must(blocked, {
    be: (v) => v,
    or: () => 'Documents of managed apps may be opened in any app a person installed',
    want: 'kept in managed apps',
    show: (v) => (v ? 'managed apps' : 'any app'),
    fix: { title: 'Keep documents in managed apps', value: true, safety: 'review', risk: 'People who send documents with an app of their own need a managed one first.' },
  }),
});
