import { AuditTrail } from '#concepts/audit-trail.js';
import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Secret } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { parseYaml, yamlComment, yamlComments, type Yaml } from '#notations/yaml.js';
import { channels, logins } from './ends.js';
import { auditTrails, secrets } from './kept.js';

/** Home Assistant names its file the same and also has `mqtt:`; what follows is only in that of Zigbee2MQTT. */
const isZigbee2Mqtt = (head: string) =>
  !/^(default_config|esphome|automation|script|scene|recorder):/m.test(head) && (
    (/^mqtt:/m.test(head) && /^(serial|permit_join|frontend|availability|device_options):|^[ \t]+(base_topic|network_key|ext_pan_id|pan_id):/m.test(head))
    // The second edition keeps the number of its settings in the file, and names the broker by its scheme.
    || (/^version:[ \t]*\d+[ \t]*\r?$/m.test(head) && /^(mqtt|serial|frontend|advanced|homeassistant):/m.test(head) && !/^services:/m.test(head))
    || /^mqtt:[ \t]*\r?\n(?:[ \t][^\n]*\n){0,8}?[ \t]{1,40}server:[ \t]*['"]?(?:mqtts?|wss?|tcp|ssl):\/\//m.test(head)
    || (/^(serial|advanced):/m.test(head) && /^[ \t]+(network_key|ext_pan_id|pan_id|adapter):/m.test(head) && /^(frontend|devices|groups|ota|serial):/m.test(head)));

export default format<Yaml>({
  title: 'Zigbee2MQTT',
  files: [
    {
      named: ['**/configuration.yaml', '**/configuration.yml', '**/*zigbee2mqtt*.yaml', '**/*zigbee2mqtt*.yml', '**/zigbee2mqtt/**/*.yaml'],
      saying: isZigbee2Mqtt,
    },
  ],
  parse: parseYaml,
  comments: yamlComments,
  comment: yamlComment,
  facts: [lowering(Channel, channels), lowering(Login, logins), lowering(Secret, secrets), lowering(AuditTrail, auditTrails)],
});
