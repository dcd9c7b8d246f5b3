import { rule } from '#engine/rule.js';
import { allows, isEverything } from '../grants.js';
import { Grants } from '../queries.js';

export default rule(Grants, {
  title: 'Nobody redirects the traffic of services',
  family: 'transmission',
  safeguards: ['164.312(a)(1)', '164.312(e)(1)'],
  severity: 'warning',
  check: (grant) => {
    if (isEverything(grant)) return undefined;
    const place = grant.rule.get('resources');
    const span = (place.exists ? place : grant.rule).head;
    if (!(allows(grant, 'services/status', 'update', 'patch', '*'))) return { verdict: 'complies', span };
    return { verdict: 'violates', span, message: `A holder of ${grant.role.label.replace(/^The/, 'the')} may send the traffic of a service to another address (CVE-2020-8554)`, wanted: 'no update or patch of services/status' };
  },
});
