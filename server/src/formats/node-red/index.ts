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

/** Under any other name it must be more: what two parts of the program are told in one object. */
const several = /^[ \t]*["']?(?:flowFile|credentialSecret|adminAuth|httpAdminRoot|httpNodeRoot|httpNodeAuth|functionGlobalContext|functionExternalModules|editorTheme|uiPort)["']?[ \t]*:/gm;
const isWhole = (head: string) => /\bmodule\.exports[ \t]*=[ \t]*\{/.test(head) && new Set(head.match(several)?.map((one) => one.trim())).size >= 3;

export default format<Exported>({
  title: 'Node-RED settings',
  files: [
    { named: ['**/*settings*.js', '**/*settings*.cjs', '**/*node-red*.js', '**/*nodered*.js', '**/node-red*/**/*.js', '**/nodered*/**/*.js'], saying: isSettings },
    { named: ['**/*.js', '**/*.cjs'], saying: isWhole },
  ],
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
