import { must, rule } from '#engine/rule.js';
import { allowances } from '../policy.js';
import { overPrograms } from '../queries.js';

export default rule(overPrograms, {
  title: 'Windows checks who may write to the folders of path rules',
  family: 'malware',
  safeguards: ['164.308(a)(5)(ii)(B)'],
  severity: 'warning',
  check: ({ policy, of }) => (allowances(policy).some(({ path }) => path !== undefined) ? must(of('Disabled:Runtime FilePath Rule Protection'), {
    be: (off) => !off,
    or: () => `${policy.label} allows programs by their path, whoever may write there (Disabled:Runtime FilePath Rule Protection)`,
    want: 'folders only administrators write to',
    show: (off) => (off ? 'any folder' : 'folders only administrators write to'),
    fix: { title: 'Let Windows check who may write there', value: false, safety: 'review',
      risk: 'Programs in folders people may write to stop, and so do MSI packages allowed by their path before Windows 11: '
        + 'find them in audit mode, and name the emergency access procedure, 164.312(a)(2)(ii).' },
  }) : undefined),
});
