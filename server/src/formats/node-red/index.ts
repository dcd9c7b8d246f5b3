import { AuditTrail } from '#concepts/audit-trail.js';
import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Secret } from '#concepts/secret.js';
import { Software } from '#concepts/software.js';
import { Store } from '#concepts/store.js';
import { format, lowering } from '#engine/format.js';
import { parseExported, type Exported } from '#notations/object-literal.js';
import { channels } from './ends.js';
import { auditTrails, logins, secrets, software, stores } from './facts.js';

/** Many programs have a `settings.js`; these names are in that of Node-RED alone, be it behind a comment sign. */
const named = /^[ \t]*(\/\/[ \t]*)?["']?(uiPort|flowFile|adminAuth|credentialSecret|httpNodeAuth|httpAdminRoot|functionGlobalContext|functionExternalModules)["']?[ \t]*:|^[ \t]*[\w.$]{1,60}\.(adminAuth|credentialSecret|httpNodeAuth|httpAdminRoot|uiPort)[ \t]*=/m;
const isSettings = (head: string) => /\bmodule\.exports\b|\bexport default\b/.test(head) && named.test(head);

export default format<Exported>({
  title: 'Node-RED settings',
  files: [{ named: ['**/settings.js', '**/*settings*.js', '**/settings.cjs', '**/*node-red*.js', '**/*nodered*.js'], saying: isSettings }],
  parse: (text) => parseExported(text),
  comments: (file) => file.comments,
  comment: (text) => `// ${text}`,
  facts: [
    lowering(Channel, channels),
    lowering(Login, logins),
    lowering(Secret, secrets),
    lowering(Store, stores),
    lowering(AuditTrail, auditTrails),
    lowering(Software, software),
  ],
});
