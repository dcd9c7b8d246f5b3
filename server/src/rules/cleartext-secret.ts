import { Secret } from '#concepts/secret.js';
import { must, rule } from '#engine/rule.js';

export default rule(Secret, {
  title: 'Credentials are not in configuration files',
  family: 'secrets',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  severity: 'error',
  check: (secret) => must(secret.kept, {
    be: (kept) => kept === 'hashed' || kept === 'referenced',
    or: (kept) => `${secret.label} ${kept === 'clear' ? `holds ${secret.what} in clear` : kept === 'reversible' ? `holds ${secret.what} in a form that can be turned back` : kept === 'default' ? `uses the shipped value for ${secret.what}` : `holds ${secret.what} under a weak hash`}`,
    want: 'hashed or referenced',
    show: (kept) => kept,
    fix: { title: 'Keep a hash or a reference instead', value: 'hashed', safety: 'review', risk: 'The credential was readable until now: change it as well.' },
  }),
});
