import { must, rule } from '#engine/rule.js';
import { programLists } from '../queries.js';

export default rule(programLists, {
  title: 'The policy checks apps of the Store',
  family: 'malware',
  safeguards: ['164.308(a)(5)(ii)(B)'],
  severity: 'info',
  check: ({ policy: { label }, of }) => must(of('Required:Enforce Store Applications'), {
    be: (on) => on,
    or: () => `${label} does not check apps of the Store (Required:Enforce Store Applications is missing)`,
    want: 'apps checked',
    show: (on) => (on ? 'apps checked' : 'apps not checked'),
    fix: { title: 'Check apps of the Store', value: true, safety: 'review',
      risk: 'Apps that are not listed stop, those of Windows included if its signers are not: look for events 8039 in audit mode, '
        + 'and name the emergency access procedure, 164.312(a)(2)(ii).' },
  }),
});
