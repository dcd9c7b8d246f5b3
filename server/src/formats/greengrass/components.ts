import { yesNo } from '#engine/codec.js';
import type { Place, Yaml } from '#notations/yaml.js';

/** Recipes take `true` and, in YAML 1.1, its other words. */
export const trueFalse = yesNo(['true', 'yes', 'on'], ['false', 'no', 'off']);

/** One program of a core device, as a recipe, the device's configuration or a deployment names it. */
export interface Component {
  readonly name: string;
  readonly label: string;
  readonly place: Place;
  /** Its settings, where the file has them as a structure. */
  readonly settings: Place;
}

export const rootOf = ({ documents }: Yaml): Place | undefined => documents[0]?.root;

/** Names are written with and without capitals; recipes take both. */
export function named(place: Place, name: string): Place {
  const exact = place.get(name);
  if (exact.exists) return exact;
  return place.pairs.find(({ key }) => key.toLowerCase() === name.toLowerCase()) ?? exact;
}

/** The components of a file. */
export function componentsOf(yaml: Yaml): readonly Component[] {
  const root = rootOf(yaml);
  if (!root) return [];
  const component = (name: string, place: Place, settings: Place): Component => ({ name, label: `The component ${name}`, place, settings });
  const recipe = named(root, 'ComponentName').text;
  return [
    ...(recipe !== undefined ? [component(recipe, root, named(named(root, 'ComponentConfiguration'), 'DefaultConfiguration'))] : []),
    ...root.get('services').pairs.map((pair) => component(pair.key, pair, pair.get('configuration'))),
    ...root.get('components').pairs.map((pair) => component(pair.key, pair, pair.get('configurationUpdate', 'merge'))),
  ];
}
