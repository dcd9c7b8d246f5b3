import { rule } from '#engine/rule.js';
import { allows, isEverything } from '../grants.js';
import { Grants } from '../queries.js';

export default rule(Grants, {
  title: 'Few may start programs',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'warning',
  check: (grant) => {
    if (isEverything(grant)) return undefined;
    const place = grant.rule.get('resources');
    const span = (place.exists ? place : grant.rule).head;
    if (!(['pods', 'deployments', 'statefulsets', 'daemonsets', 'jobs', 'cronjobs', 'replicasets', 'replicationcontrollers'].some((resource) => allows(grant, resource, 'create', '*')))) return { verdict: 'complies', span };
    return { verdict: 'violates', span, message: `A holder of ${grant.role.label.replace(/^The/, 'the')} may start programs, and a program may use every Secret and account of its namespace`, wanted: 'no create on workloads' };
  },
});
