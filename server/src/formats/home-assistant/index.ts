import { Channel } from '#concepts/channel.js';
import { Lockout } from '#concepts/lockout.js';
import { Login } from '#concepts/login.js';
import { Secret } from '#concepts/secret.js';
import { Software } from '#concepts/software.js';
import type { Analysis } from '#engine/analysis.js';
import { format, lowering } from '#engine/format.js';
import { parseYaml, yamlComment, yamlComments, type Yaml } from '#notations/yaml.js';
import { inclusionsOf } from '#notations/yaml-includes.js';
import { channels } from './ends.js';
import { lockouts, logins, origins, secrets, software } from './facts.js';
import { views } from './reading.js';

/** The section of the program itself, which Zigbee2MQTT has under the same name with other settings. */
const ofProgram = new RegExp(
  [
    String.raw`^homeassistant:[ \t]*(?:#.*)?\r?\n(?:[ \t]*#.*\r?\n)*[ \t]+(?:auth_providers|name|packages|internal_url|external_url)\b`,
    String.raw`^homeassistant:[ \t]*(?:#.*)?\r?\n(?:[ \t]*#.*\r?\n)*[ \t]+(?:customize|unit_system|time_zone|latitude)`,
    String.raw`^default_config:`,
  ].join('|'),
  'm',
);

/** What every configuration has; or, in a part of one, two of the sections only this program has. */
const isHomeAssistant = (head: string) => {
  // Zigbee2MQTT has a section of the same name, and says which edition its settings are of, or names its broker by the scheme.
  if (/^version:[ \t]*\d+[ \t]*\r?$/m.test(head) && /^(mqtt|frontend|advanced):/m.test(head) && !/^default_config:/m.test(head)) return false;
  if (/^[ \t]+server:[ \t]*['"]?(?:mqtts?|wss?|tcp|ssl):\/\//m.test(head) && /^mqtt:/m.test(head)) return false;
  if (ofProgram.test(head) && !/^(esphome|serial):/m.test(head)) return true;
  if (/^(esphome|serial):|^[ \t]+(base_topic|network_key):/m.test(head)) return false;
  if (/^(homeassistant|default_config):/m.test(head)) return true;
  return (
    new Set(head.match(/^(http|automation|recorder|logbook|lovelace|input_boolean|binary_sensor|rest_command|zwave|shopping_list|scene|script|frontend):/gm))
      .size >= 2
  );
};

/**
 * A package, a part of the configuration under whatever name and in whatever folder: sections that only this program has, and nothing at the left
 * but names of sections.
 */
const isPackage = (head: string) =>
  /^(rest_command|shell_command|input_(?:boolean|number|select|text|datetime|button)|utility_meter|emulated_hue|panel_iframe|telegram_bot|google_assistant):/m.test(head)
  && !/^(esphome|substitutions|version|services|apiVersion|kind|stages|on|jobs|name|steps|hosts|-)\b/m.test(head)
  && (head.match(/^[^\s#-][^\n]*/gm) ?? []).every((line) => /^[a-z][a-z\d_]*(?: [\w -]{1,40})?:|^---/.test(line));

/** What all sections say, wherever they stand. */
const inEach = <F>(facts: (yaml: Yaml, analysis: Analysis<Yaml>) => readonly F[]) => (_yaml: Yaml, analysis: Analysis<Yaml>): readonly F[] =>
  views(analysis).flatMap((yaml) => facts(yaml, analysis));

export default format<Yaml>({
  title: 'Home Assistant',
  files: [
    { named: ['**/configuration.yaml', '**/configuration.yml'], saying: isHomeAssistant },
    {
      named: ['**/packages/**/*.yaml', '**/homeassistant/**/*.yaml', '**/home-assistant/**/*.yaml', '**/*homeassistant*.yaml', '**/*home-assistant*.yaml'],
      saying: (head) => ofProgram.test(head) || isPackage(head),
    },
    { named: ['**/*.yaml', '**/*.yml'], saying: isPackage },
  ],
  parse: parseYaml,
  comments: yamlComments,
  comment: yamlComment,
  includes: inclusionsOf,
  facts: [
    lowering(Channel, inEach(channels)), lowering(Login, inEach((yaml, analysis) => [...logins(yaml), ...origins(yaml, analysis)])),
    lowering(Lockout, inEach(lockouts)), lowering(Secret, inEach(secrets)), lowering(Software, inEach(software)),
  ],
});
