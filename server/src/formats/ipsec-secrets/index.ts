import { credentialAt } from '#concepts/credential-text.js';
import { isStandIn, Secret } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { known } from '#engine/setting.js';
import { placesOf } from '#notations/included-files.js';
import { entries, parseSecrets, type Secrets } from './entries.js';

export default format<Secrets>({
  title: 'IPsec (ipsec.secrets)',
  files: ['**/ipsec.secrets', '**/ipsec.d/*.secrets', '**/ipsec.*.secrets'],
  parse: parseSecrets,
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  includes: ({ includes }, path) => includes.map((target) => placesOf(target, path, ['/etc/'])),
  facts: [lowering(Secret, (file) => entries(file).filter(({ secret }) => secret !== undefined && !isStandIn(secret)).map(({ label, span, what, secret }) =>
    ({ label, span, what, credential: credentialAt(file.text, secret!, span.end), kept: known<'clear'>('clear', span) })))],
});
