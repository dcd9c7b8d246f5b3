import { rule } from '#engine/rule.js';
import { bases } from '../queries.js';

/** No fix: what the list leaves out stops at once, parts of Windows included, so a person adds the option together with audit mode. */
export default rule(bases, {
  title: 'The policy checks programs, not drivers alone',
  family: 'malware',
  safeguards: ['164.308(a)(5)(ii)(B)'],
  severity: 'warning',
  check: ({ policy: { label, listsPrograms }, of }) => {
    const checked = of('Enabled:UMCI');
    if (checked.kind !== 'stated' || checked.value) return { verdict: 'complies', span: checked.span };
    const because = 'the policy lists drivers alone; whether another one lists programs is not in this file';
    if (!listsPrograms) return { verdict: 'cannot tell', span: checked.span, because };
    const message = `${label} lists programs and checks drivers alone (Enabled:UMCI is missing)`;
    return { verdict: 'violates', span: checked.span, message, found: 'drivers', wanted: 'drivers and programs' };
  },
});
