import { must, rule } from '#engine/rule.js';
import { Topics } from '../queries.js';

export default rule(Topics, {
  title: 'A device reaches its own topics alone',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'error',
  check: ({ statement, resource, wide }) => must(wide, {
    be: (any) => !any,
    or: () => `${statement.label} lets every device use the topics of every other`,
    want: 'topics that name the device',
    show: () => resource.text,
  }),
});
