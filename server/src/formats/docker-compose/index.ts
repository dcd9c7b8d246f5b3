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
import { amid, inclusionsOf } from './inherited.js';
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
  amid,
  includes: inclusionsOf,
  embedded: settingDocuments,
  comments: yamlComments,
  comment: yamlComment,
  facts: [
    lowering(Privilege, privileges),
    lowering(Secret, (yaml, analysis) => [...secrets(yaml), ...imageCredentials(yaml, analysis)]),
    lowering(Channel, (yaml, analysis) => [...channels(yaml, analysis), ...imageChannels(yaml, analysis)]),
    lowering(Opening, openings),
    lowering(Login, (yaml, analysis) => [...logins(yaml, analysis), ...archiveLogins(yaml)]),
    lowering(Software, software),
    lowering(AuditTrail, (yaml, analysis) => [...auditTrails(yaml), ...archiveRecords(yaml, analysis)]),
  ],
});
