import { AuditTrail } from '#concepts/audit-trail.js';
import { Backup } from '#concepts/backup.js';
import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Opening } from '#concepts/opening.js';
import { Privilege } from '#concepts/privilege.js';
import { Secret } from '#concepts/secret.js';
import { Session } from '#concepts/session.js';
import { Software } from '#concepts/software.js';
import { Store } from '#concepts/store.js';
import { format, lowering } from '#engine/format.js';
import { parseYaml, yamlComment, yamlComments } from '#notations/yaml.js';
import { channels } from './channels.js';
import { documents } from './documents.js';
import { auditTrails, streamingSessions } from './control-plane.js';
import { inForce, patchesOther } from './kustomize.js';
import { logins } from './logins.js';
import { networkPolicies, policiesOf } from './network.js';
import type { Manifests } from './objects.js';
import { openings } from './openings.js';
import { privileges } from './privileges.js';
import { secrets } from './secrets.js';
import { software } from './software.js';
import { backups, stores } from './stores.js';
import { waysIn } from './workloads.js';

/**
 * In JSON the two stand side by side, at the top or in the items of a list. Templates of Azure have both in their resources as well, and say whose
 * they are.
 */
const isJsonManifest = (head: string) => /"apiVersion"\s*:/.test(head) && /"kind"\s*:\s*"[A-Z]/.test(head)
  && !/"(\$schema"\s*:\s*"https?:\/\/schema\.management\.azure\.com\/|contentVersion"\s*:|type"\s*:\s*"Microsoft\.\w+\/)/i.test(head);

/** Every object says of which version and kind it is, at the margin of a YAML document or in a JSON object. */
const isManifest = (head: string) => (/^\s*[[{](?![{%#])/.test(head) ? isJsonManifest(head) : /^["']?apiVersion["']?\s*:/m.test(head) && /^["']?kind["']?\s*:/m.test(head));

export default format<Manifests>({
  title: 'Kubernetes',
  files: [
    { named: ['**/*.yaml', '**/*.yml', '**/*.json'], saying: isManifest },
    { named: ['**/.kube/config', '**/kubeconfig', '**/*.kubeconfig'], saying: isManifest },
  ],
  parse: parseYaml,
  amid: (yaml, path, surroundings): Manifests => ({ ...yaml, inForce: (root, object) => inForce(surroundings, path, root, object) }),
  elsewhere: (path, surroundings) => patchesOther(surroundings, path),
  embedded: documents,
  comments: yamlComments,
  comment: yamlComment,
  facts: [
    lowering(Privilege, privileges),
    lowering(Secret, secrets),
    lowering(Channel, channels),
    lowering(Opening, openings),
    lowering(Store, stores),
    lowering(Backup, backups),
    lowering(Login, logins),
    lowering(Session, streamingSessions),
    lowering(Software, software),
    lowering(AuditTrail, auditTrails),
  ],
  exports: (yaml) => [...policiesOf(yaml).map(({ namespace, scope }) => ({ kind: networkPolicies, key: namespace, value: scope })), ...waysIn(yaml)],
});
