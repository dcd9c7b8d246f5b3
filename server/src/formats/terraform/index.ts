import { AuditTrail } from '#concepts/audit-trail.js';
import { Backup } from '#concepts/backup.js';
import { Channel } from '#concepts/channel.js';
import { Firewall } from '#concepts/firewall.js';
import { Lockout } from '#concepts/lockout.js';
import { Login } from '#concepts/login.js';
import { Malware } from '#concepts/malware.js';
import { Opening } from '#concepts/opening.js';
import { PasswordPolicy } from '#concepts/password-policy.js';
import { Privilege } from '#concepts/privilege.js';
import { Secret } from '#concepts/secret.js';
import { Session } from '#concepts/session.js';
import { Software } from '#concepts/software.js';
import { Store } from '#concepts/store.js';
import { Tunnel } from '#concepts/tunnel.js';
import type { Concept } from '#engine/concept.js';
import { format, lowering, type Lowering } from '#engine/format.js';
import { parseHcl, type Hcl } from '#notations/hcl.js';
import { isJsonSyntax, parseHclJson } from '#notations/hcl-json.js';
import { documents } from './documents.js';
import { exportsOf } from './module.js';
import { secrets } from './secrets.js';
import { factsOf } from './tables.js';
import { traits } from './traits.js';

/** A concept as the tables of resource types state it. */
function told<T, About>(concept: Concept<T, About>): Lowering<Hcl, T, About> {
  return lowering(concept, (_file, analysis) => factsOf(concept, analysis) as never);
}

export default format<Hcl>({
  title: 'Terraform',
  files: ['**/*.tf', '**/*.tofu', '**/*.tfvars', '**/*.tf.json', '**/*.tofu.json', '**/*.tfvars.json'],
  languages: ['terraform', 'terraform-vars', 'opentofu'],
  parse: (text) => (isJsonSyntax(text) ? parseHclJson(text) : parseHcl(text)),
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  exports: exportsOf,
  embedded: documents,
  facts: [
    told(Store), told(Channel), told(Opening), told(Firewall), told(Login), told(Lockout), told(PasswordPolicy), told(Privilege), told(AuditTrail), told(Backup), told(Malware), told(Software),
    told(Session), told(Tunnel),
    ...traits.map((trait) => told(trait)),
    lowering(Secret, (file, analysis) => secrets(file, analysis)),
  ],
});
