import { must, rule } from '#engine/rule.js';
import { Roles } from '../queries.js';

export default rule(Roles, {
  title: 'A device takes on one role',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'error',
  check: ({ statement, resource, wide }) => must(wide, {
    be: (any) => !any,
    or: () => `${statement.label} lets every device take on any role alias of the account`,
    want: 'the role alias made for the devices',
    show: () => resource.text,
  }),
});
