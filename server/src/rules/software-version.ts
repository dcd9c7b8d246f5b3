import { Software } from '#concepts/software.js';
import { must, rule } from '#engine/rule.js';

export default rule(Software, {
  title: 'Software is named by version',
  family: 'malware',
  safeguards: ['164.312(c)(2)', '164.308(a)(5)(ii)(B)'],
  severity: 'info',
  check: (software) => must(software.versioned, {
    be: (named) => named,
    or: () => `${software.label} runs whatever is newest when it is fetched, not what was checked`,
    want: 'a version or a digest',
    show: (named) => (named ? 'named' : 'latest'),
  }),
});
