import { must, rule } from '#engine/rule.js';
import { programLists } from '../queries.js';

export default rule(programLists, {
  title: 'The policy checks scripts',
  family: 'malware',
  safeguards: ['164.308(a)(5)(ii)(B)'],
  severity: 'warning',
  check: ({ policy: { label }, of }) => must(of('Disabled:Script Enforcement'), {
    be: (off) => !off,
    or: () => `${label} lets every script run (Disabled:Script Enforcement)`,
    want: 'scripts checked',
    show: (off) => (off ? 'every script' : 'scripts checked'),
    fix: { title: 'Check scripts', value: false, safety: 'review',
      risk: 'Scripts that are not listed stop, and PowerShell keeps few of its commands: some clinical programs start with a script. '
        + 'Look for events 8028 and 8029, and name the emergency access procedure, 164.312(a)(2)(ii).' },
  }),
});
