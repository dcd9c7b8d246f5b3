import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Secret } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { parseYaml, yamlComment, yamlComments, type Yaml } from '#notations/yaml.js';
import { channels } from './ends.js';
import { logins, secrets } from './facts.js';

/** A device names itself, and says on what board it runs or what it does. */
const isDevice = (head: string) =>
  /^esphome:/m.test(head) &&
  /^(esp32|esp8266|rp2040|rp2|bk72xx|rtl87xx|ln882x|libretiny|nrf52|host|wifi|ethernet|api|ota|logger|packages|substitutions|web_server|<<):/m.test(head);

/** A part that devices share through packages: how all of them join the network, take new programs and let people in. */
const isPart = (head: string) =>
  !/^(esphome|homeassistant|automation|services|apiVersion):/m.test(head) &&
  (/^ota:[ \t]*\r?\n(?:[ \t]*#.*\r?\n)*[ \t]+(?:-[ \t]+)?platform:[ \t]*esphome\b/m.test(head) ||
    (/^captive_portal:/m.test(head) && /^(wifi|api|ota):/m.test(head)));

export default format<Yaml>({
  title: 'ESPHome',
  files: [{ named: ['**/*.yaml', '**/*.yml'], saying: (head) => isDevice(head) || isPart(head) }],
  parse: parseYaml,
  comments: yamlComments,
  comment: yamlComment,
  facts: [lowering(Channel, channels), lowering(Login, logins), lowering(Secret, secrets)],
});
