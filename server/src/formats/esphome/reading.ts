import { yesNo } from '#engine/codec.js';
import type { Place, Yaml } from '#notations/yaml.js';

/** ESPHome reads YAML 1.1 with these words for booleans. */
export const trueFalse = yesNo(['true', 'yes', 'on', 'enable'], ['false', 'no', 'off', 'disable']);

export function rootOf({ documents }: Yaml): Place | undefined {
  return documents[0]?.root;
}

/** Why what is missing here may be stated elsewhere: packages and `<<: !include` are merged into the file, and a part into a device. */
export function elsewhere(root: Place): string | undefined {
  if (!root.get('esphome').exists) return 'the device that uses this part may state it';
  if (root.get('packages').exists) return 'a package it uses may state it';
  const node = root.node;
  if (node?.kind === 'map' && node.pairs.some(({ key }) => key === '<<')) return 'a file it includes may state it';
  return undefined;
}

/** Whether a value is there, though perhaps in another file: `!secret`, `!include`, a substitution. */
export const isGiven = (place: Place): boolean => place.exists && place.kind !== 'null' && place.text !== '';

/** A part of the device, where the file switches it on, be it without a word behind the name. */
export function component(root: Place | undefined, name: string): Place | undefined {
  const place = root?.get(name);
  return place?.exists ? place : undefined;
}

/** The entries of a section that may be one or a list. */
export const entriesOf = (place: Place): readonly Place[] => (place.kind === 'list' ? place.items : place.kind === 'map' ? [place] : []);
