import { rule } from '#engine/rule.js';
import { isEverything, type Grant } from '../grants.js';
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
    return { verdict: 'violates', span, message: `A holder of ${grant.role.label.replace(/^The/, 'the')} ${what(grant)}`, wanted: 'verbs and resources by name' };
  },
});

function what({ verbs, resources, groups }: Grant): string {
  const kinds = !resources.includes('*') ? resources.join(', ') || 'what it names'
    : groups.includes('*') || groups.includes('') ? 'every kind of object, Secrets among them' : `every kind of object of ${groups.join(', ') || 'its group'}`;
  return verbs.includes('*') ? `may do everything to ${kinds}` : `may ${verbs.join(', ')} ${kinds}`;
}
