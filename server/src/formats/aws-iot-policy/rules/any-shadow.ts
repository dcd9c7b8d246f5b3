import { must, rule } from '#engine/rule.js';
import { Shadows } from '../queries.js';

export default rule(Shadows, {
  title: 'A device reaches its own shadow alone',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'error',
  check: ({ statement, resource, wide }) => must(wide, {
    be: (any) => !any,
    or: () => `${statement.label} lets every device read and change the state of every other`,
    want: 'the shadow of the device',
    show: () => resource.text,
  }),
});
