import { rule } from '#engine/rule.js';
import { Roles } from '../queries.js';

export default rule(Roles, {
  title: 'A device takes on one role',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'error',
  check: ({ statement, resource, wide }) =>
    wide
      ? {
          verdict: 'violates',
          span: resource.span,
          message: `${statement.label} lets every device take on any role alias of the account`,
          found: resource.text,
          wanted: 'the role alias made for the devices',
        }
      : { verdict: 'complies', span: resource.span },
});
