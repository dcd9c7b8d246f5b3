import { Software } from '#concepts/software.js';
import { must, rule } from '#engine/rule.js';

export default rule(Software, {
  title: 'Only signed software runs',
  family: 'malware',
  safeguards: ['164.312(c)(1)', '164.308(a)(5)(ii)(B)'],
  severity: 'error',
  check: (software) => must(software.signed, {
    be: (signed) => signed,
    or: () => `${software.label} runs software nobody signed`,
    want: 'signed only',
    show: (v) => (v ? 'signed only' : 'anything'),
    fix: { title: 'Check signatures', value: true, safety: 'review', risk: 'Software that is not signed with the right key no longer runs; some devices can never be switched back.' },
  }),
});
