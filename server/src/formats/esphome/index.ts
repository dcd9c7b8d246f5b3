import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Secret } from '#concepts/secret.js';
import type { Analysis } from '#engine/analysis.js';
import { format, lowering } from '#engine/format.js';
import { parseYaml, yamlComment, yamlComments, type Yaml } from '#notations/yaml.js';
import { inclusionsOf } from '#notations/yaml-includes.js';
import { channels } from './ends.js';
import { logins, secrets } from './facts.js';
import { told, views } from './reading.js';

/** A device names itself, and says on what board it runs or what it does. */
const isDevice = (head: string) =>
  /^esphome:/m.test(head) &&
  /^(esp32|esp8266|rp2040|rp2|bk72xx|rtl87xx|ln882x|libretiny|nrf52|host|wifi|ethernet|api|ota|logger|packages|substitutions|web_server|<<):/m.test(head);

/** A device that takes even its name from packages. Home Assistant has them one level further down, and lists of packages to install name no files. */
const ofPackages = (head: string) =>
  /^packages:[ \t]*(?:!include|\r?\n(?:[ \t]*(?:#[^\n]*)?\n){0,20}[ \t]+(?:- *|[\w-]{1,60}:[ \t]*)(?:!include|github:\/\/|\r?\n[ \t]+url:))/m.test(head)
  && /^(wifi|ethernet|api|ota|logger|web_server|substitutions|captive_portal|sensor|binary_sensor|switch|esp32|esp8266|mqtt|i2c|output|light):/m.test(head)
  && !/^(homeassistant|automation|services|apiVersion|package|contents):/m.test(head);

/** A part that devices share through packages: how all of them join the network, take new programs and let people in. */
const isPart = (head: string) =>
  !/^(esphome|homeassistant|automation|services|apiVersion):/m.test(head) &&
  (/^ota:[ \t]*\r?\n(?:[ \t]*#.*\r?\n)*[ \t]+(?:-[ \t]+)?platform:[ \t]*esphome\b/m.test(head) ||
    (/^captive_portal:/m.test(head) && /^(wifi|api|ota):/m.test(head)));

/** What all parts of a device say, wherever they stand. */
const inEach = <F>(facts: (yaml: Yaml, analysis: Analysis<Yaml>) => readonly F[]) => (_yaml: Yaml, analysis: Analysis<Yaml>): readonly F[] =>
  views(analysis).flatMap((yaml) => facts(yaml, analysis));

export default format<Yaml>({
  title: 'ESPHome',
  files: [{ named: ['**/*.yaml', '**/*.yml'], saying: (head) => isDevice(head) || ofPackages(head) || isPart(head) }],
  parse: parseYaml,
  comments: yamlComments,
  comment: yamlComment,
  includes: inclusionsOf,
  exports: told,
  facts: [lowering(Channel, inEach(channels)), lowering(Login, inEach(logins)), lowering(Secret, inEach(secrets))],
});
