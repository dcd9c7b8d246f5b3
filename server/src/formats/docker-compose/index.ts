import { AuditTrail } from '#concepts/audit-trail.js';
import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Opening } from '#concepts/opening.js';
import { Privilege } from '#concepts/privilege.js';
import { Secret } from '#concepts/secret.js';
import { Software } from '#concepts/software.js';
import { format, lowering } from '#engine/format.js';
import { parseYaml, yamlComment, yamlComments } from '#notations/yaml.js';
import { auditTrails, channels, logins, openings, secrets, software } from './facts.js';
import { archiveLogins, archiveRecords, imageChannels, imageCredentials, settingDocuments } from './images.js';
import { inclusionsOf, opened } from './inherited.js';
import { partsOf } from './parts.js';
import { privileges } from './privileges.js';
import type { Compose } from './services.js';

/** What a Compose file of another name must say: services, one of which has an image or is built. */
const isCompose = (head: string) => /^services:[ \t]*(#.*)?\r?$/m.test(head) && /^[ \t]+(image|build):/m.test(head);

export default format<Compose>({
  title: 'Docker Compose',
  files: [
    '**/docker-compose.yml', '**/docker-compose.yaml', '**/docker-compose.*.yml', '**/docker-compose.*.yaml', '**/docker-compose-*.yml', '**/docker-compose-*.yaml',
    '**/compose.yml', '**/compose.yaml', '**/compose.*.yml', '**/compose.*.yaml',
    { named: ['**/*compose*.yml', '**/*compose*.yaml', '**/*stack*.yml', '**/*stack*.yaml'], saying: isCompose },
  ],
  parse: parseYaml,
  parts: partsOf,
  includes: inclusionsOf,
  embedded: (_yaml, analysis) => settingDocuments(opened(analysis), analysis),
  comments: yamlComments,
  comment: yamlComment,
  facts: [
    lowering(Privilege, (_yaml, analysis) => privileges(opened(analysis))),
    lowering(Secret, (_yaml, analysis) => [...secrets(opened(analysis)), ...imageCredentials(opened(analysis), analysis)]),
    lowering(Channel, (_yaml, analysis) => [...channels(opened(analysis), analysis), ...imageChannels(opened(analysis), analysis)]),
    lowering(Opening, (_yaml, analysis) => openings(opened(analysis))),
    lowering(Login, (_yaml, analysis) => [...logins(opened(analysis), analysis), ...archiveLogins(opened(analysis))]),
    lowering(Software, (_yaml, analysis) => software(opened(analysis))),
    lowering(AuditTrail, (_yaml, analysis) => [...auditTrails(opened(analysis)), ...archiveRecords(opened(analysis), analysis)]),
  ],
});
