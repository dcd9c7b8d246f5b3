import { rule } from '#engine/rule.js';
import { allows, isEverything } from '../grants.js';
import { Grants } from '../queries.js';

export default rule(Grants, {
  title: 'Few may read Secrets',
  family: 'secrets',
  safeguards: ['164.312(a)(1)', '164.308(a)(5)(ii)(D)'],
  severity: 'warning',
  check: (grant) => {
    if (isEverything(grant)) return undefined;
    const place = grant.rule.get('resources');
    const span = (place.exists ? place : grant.rule).head;
    if (!(allows(grant, 'secrets', 'get', 'list', 'watch', '*') && !grant.rule.get('resourceNames').exists)) return { verdict: 'complies', span };
    return { verdict: 'violates', span, message: `A holder of ${grant.role.label.replace(/^The/, 'the')} may read Secrets ${grant.role.kind === 'ClusterRole' ? 'of every namespace it is bound in' : 'of its namespace'}, not only those it needs`, wanted: 'resourceNames' };
  },
});
