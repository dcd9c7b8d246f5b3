import { rule } from '#engine/rule.js';
import { isEverything } from '../grants.js';
import { Grants } from '../queries.js';

export default rule(Grants, {
  title: 'Roles name what they allow',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'warning',
  check: (grant) => {
    if (isEverything(grant)) return undefined;
    const place = grant.rule.get('verbs');
    const span = (place.exists ? place : grant.rule).head;
    if (!(grant.verbs.includes('*') || grant.resources.includes('*'))) return { verdict: 'complies', span };
    return { verdict: 'violates', span, message: `A holder of ${grant.role.label.replace(/^The/, 'the')} ${grant.verbs.includes('*') ? `may do everything to ${grant.resources.join(', ') || 'what it names'}` : `may ${grant.verbs.join(', ')} every kind of object, Secrets among them`}`, wanted: 'verbs and resources by name' };
  },
});
