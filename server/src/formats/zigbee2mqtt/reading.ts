import { isThisMachine } from '#concepts/network-names.js';
import type { Analysis, Opened } from '#engine/analysis.js';
import { oncePer } from '#engine/attached.js';
import { yesNo } from '#engine/codec.js';
import { documented, isBefore, type Releases } from '#engine/release.js';
import type { Setting } from '#engine/setting.js';
import { known, undetermined } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { releasesByImage } from '#notations/running-images.js';
import { parseYaml, type Place, type Yaml } from '#notations/yaml.js';

/** Where the defaults are from: the schema in the package, and the table its program starts with. */
export const source = documented('Zigbee2MQTT', '1.18 to 2.14', 'settings.schema.json');

/** Zigbee2MQTT reads YAML 1.2: only these words are booleans. */
export const trueFalse = yesNo(['true'], ['false']);

/** The settings; a file has one document. */
export function rootOf({ documents }: Yaml): Place | undefined {
  return documents[0]?.root;
}

/**
 * Whether a value stands in another file: in quotes, as Zigbee2MQTT writes it. Without quotes it is a tag, as Home Assistant reads it, with which this
 * program does not start (observed with 2.14.1): it holds no secret either.
 */
export const isReference = (place: Place): boolean => place.tag === '!secret' || /^!\w[\w.]* \S/.test(place.text ?? '');

const fileOf = oncePer((opened: Opened) => parseYaml(opened.text));

/**
 * The value a reference stands for: `!secret.yaml name` is `name` of the file beside this one, and `!secret name` that of `secret.yaml`
 * (lib/util/settings.ts). `undefined` where it is no reference, or the file is not there.
 */
export function referred(place: Place, { path, surroundings }: Analysis<Yaml>): Place | undefined {
  const said = place.node?.kind === 'scalar' ? place.node.text : undefined;
  const match = place.tag === '!secret' ? ['', '', said ?? ''] : /^!(\w[\w.]*) (\S+)$/.exec(said ?? '');
  if (!match) return undefined;
  const [, file, name] = match as unknown as [string, string, string];
  const opened = surroundings.open(`${path.slice(0, path.lastIndexOf('/') + 1)}${/\.ya?ml$/.test(file) ? file : 'secret.yaml'}`);
  const found = typeof opened === 'string' ? undefined : fileOf(opened).documents[0]?.root.get(name);
  return found?.exists ? found : undefined;
}

/** Releases from 2.0 on keep the version of their settings in the file; what they read differs. */
export function releasesFor(root: Place, analysis: Analysis<Yaml>): Releases | undefined {
  return Number(root.get('version').text ?? 0) >= 2 ? { least: [2], greatest: [Infinity] } : releasesByImage(analysis, /(?:^|\/)zigbee2mqtt$/);
}

/** Whether a file is certainly for release 2 or later. */
export function isSecondEdition(root: Place, analysis: Analysis<Yaml>): boolean {
  const used = releasesFor(root, analysis);
  return used !== undefined && !isBefore(used.least, '2.0');
}

/**
 * Where a host is. `core-mosquitto` is the broker that the supervisor of Home Assistant runs beside it.
 * Another name without a dot may be a container beside this one, or a machine of the ward.
 */
export function reachOf(host: string, span: Span): Setting<'loopback' | 'network'> {
  if (isThisMachine(host) || host === 'core-mosquitto' || host === '') return known('loopback', span);
  if (!/[.:]/.test(host)) return undetermined(span, `${host} may be a container on this machine: say whether it is`);
  return known('network', span);
}
