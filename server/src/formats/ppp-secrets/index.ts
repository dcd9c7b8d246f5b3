import { credentialAt } from '#concepts/credential-text.js';
import { isStandIn, Secret } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { known } from '#engine/setting.js';
import { parseSecrets, type Secrets } from './lines.js';

export default format<Secrets>({
  title: 'PPP (chap-secrets and pap-secrets)',
  files: ['**/chap-secrets', '**/pap-secrets'],
  parse: parseSecrets,
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  facts: [lowering(Secret, (file) => file.lines.filter(({ secret }) => secret !== '*' && !secret.startsWith('@') && !isStandIn(secret) && !/^\$\w+\$/.test(secret)).map(({ label, span, secret }) =>
    ({ label, span, what: 'a password', credential: credentialAt(file.text, secret, span.end), kept: known<'clear'>('clear', span) })))],
});
