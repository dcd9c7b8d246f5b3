import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Port } from '#concepts/port.js';
import { Secret } from '#concepts/secret.js';
import { Software } from '#concepts/software.js';
import { Store } from '#concepts/store.js';
import { format, lowering } from '#engine/format.js';
import { parseKconfig, type Kconfig } from '#notations/kconfig.js';
import { channels } from './channels.js';
import { logins, secrets } from './credentials.js';
import { ports, software, stores } from './hardware.js';

export default format<Kconfig>({
  title: 'ESP-IDF sdkconfig',
  files: [{ named: ['**/sdkconfig', '**/sdkconfig.*', '**/sdkconfig[-_]*', '**/*.sdkconfig'], saying: /^(?:CONFIG_\w+=|# CONFIG_\w+ is not set)/m }],
  parse: parseKconfig,
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  facts: [
    lowering(Channel, channels),
    lowering(Login, logins),
    lowering(Port, ports),
    lowering(Secret, secrets),
    lowering(Software, software),
    lowering(Store, stores),
  ],
});
