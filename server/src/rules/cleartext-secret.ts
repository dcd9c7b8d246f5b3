import { Secret, type SecretFields } from '#concepts/secret.js';
import { must, rule } from '#engine/rule.js';
import type { Setting } from '#engine/setting.js';

export default rule(Secret, {
  title: 'Credentials are not in configuration files',
  family: 'secrets',
  safeguards: ['164.308(a)(5)(ii)(D)'],
  byReference: true,
  severity: 'error',
  check: (secret) => must(secret.kept, {
    be: (kept) => kept === 'hashed' || kept === 'referenced',
    or: (kept) => `${secret.label} ${kept === 'clear' ? `holds ${secret.what} in clear` : kept === 'reversible' ? `holds ${secret.what} in a form that can be turned back` : kept === 'default' ? `uses the shipped value for ${secret.what}` : `holds ${secret.what} under a weak hash`}`,
    want: 'hashed or referenced',
    show: (kept) => kept,
    fix: isShipped(secret)
      ? { title: 'Replace the shipped value', value: 'hashed', safety: 'review', risk: 'Everything that holds the shipped value needs the new one.' }
      : { title: 'Keep a hash or a reference instead', value: 'hashed', safety: 'review', risk: 'The credential was readable until now: change it as well.' },
  }),
});

const isShipped = ({ kept }: { readonly kept?: Setting<SecretFields['kept']> | undefined }) => kept !== undefined && kept.kind !== 'undetermined' && kept.value === 'default';
