import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Opening } from '#concepts/opening.js';
import { Privilege } from '#concepts/privilege.js';
import { Secret } from '#concepts/secret.js';
import { Software } from '#concepts/software.js';
import { format, lowering } from '#engine/format.js';
import { commentsOf, parseJson, type Json } from '#notations/json.js';
import { channels, logins, openings, secrets, software } from './facts.js';
import { documents } from './modules.js';
import { privileges } from './privileges.js';

/** A deployment says what the agent of the device runs; a template of one says the same with holes. */
const isDeployment = (head: string) => /"\$edgeAgent"\s*:/.test(head) && /"properties\.desired[".]/.test(head);

export default format<Json>({
  title: 'Azure IoT Edge deployment',
  files: [{ named: ['**/*.json'], saying: isDeployment }],
  parse: (text) => parseJson(text),
  embedded: documents,
  comments: (file) => commentsOf(file),
  comment: (text) => `// ${text}`,
  facts: [
    lowering(Privilege, privileges), lowering(Secret, secrets), lowering(Opening, openings), lowering(Channel, channels), lowering(Login, logins),
    lowering(Software, software),
  ],
});
