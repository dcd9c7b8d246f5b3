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
  /^mqtt:/m.test(head) && /^(serial|permit_join):|^[ \t]+(base_topic|network_key|ext_pan_id|pan_id):/m.test(head) && !/^(default_config|esphome):/m.test(head);

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
