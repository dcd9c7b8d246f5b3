import { AuditTrail } from '#concepts/audit-trail.js';
import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Secret } from '#concepts/secret.js';
import { Software } from '#concepts/software.js';
import { format, lowering } from '#engine/format.js';
import { parseDefines, type Defines } from '#notations/defines.js';
import { logins, records, secrets, software } from './access.js';
import { channels } from './channels.js';
import { Settings } from './settings.js';

export default format<Defines>({
  title: 'Tasmota',
  files: [{
    named: ['**/*user_config*.h'],
    saying: /^[ \t]*#[ \t]*(?:define|undef)[ \t]+(?:CFG_HOLDER|MQTT_HOST|MQTT_TLS_ENABLED|STA_SSID1|WEB_PASSWORD|WEB_SERVER|SYS_LOG_HOST|OTA_URL|MY_LANGUAGE|USE_[A-Z0-9_]+)\b/m,
  }],
  parse: parseDefines,
  comments: (file) => file.comments,
  comment: (text) => `// ${text}`,
  facts: [
    lowering(AuditTrail, (file) => records(new Settings(file))),
    lowering(Channel, (file) => channels(new Settings(file))),
    lowering(Login, (file) => logins(new Settings(file))),
    lowering(Secret, (file) => secrets(new Settings(file))), lowering(Software, (file) => software(new Settings(file))),
  ],
});
