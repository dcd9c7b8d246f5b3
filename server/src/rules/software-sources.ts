import { Software } from '#concepts/software.js';
import { must, rule } from '#engine/rule.js';

export default rule(Software, {
  title: 'Software comes from approved sources',
  family: 'malware',
  safeguards: ['164.308(a)(5)(ii)(B)'],
  severity: 'error',
  check: (software) => must(software.unknownSources, {
    be: (may) => !may,
    or: () => `${software.label} installs software from any source`,
    want: 'approved sources only',
    show: (v) => (v ? 'any source' : 'approved'),
    fix: { title: 'Allow approved sources only', value: false, safety: 'review', risk: 'Apps from elsewhere can no longer be installed or renewed.' },
  }),
});
