import { yesNo } from '#engine/codec.js';
import type { Place, Yaml } from '#notations/yaml.js';

/** Where the defaults are from. */
export const source = 'Home Assistant 2019 to 2026, components/http';

/** Home Assistant reads YAML 1.1 and takes all of these for booleans. */
export const onOff = yesNo(['true', 'yes', 'on', '1'], ['false', 'no', 'off', '0']);

export function rootOf({ documents }: Yaml): Place | undefined {
  return documents[0]?.root;
}

/**
 * The web server, where this file sets it up. Home Assistant takes the section over into its own store once and reads
 * it there from then on, so a file without it says nothing.
 */
export function webServer(yaml: Yaml): Place | undefined {
  const http = rootOf(yaml)?.get('http');
  return http?.exists ? http : undefined;
}

/** The texts of a value that may be one or a list. */
export const wordsOf = (place: Place): readonly Place[] => (place.kind === 'list' ? place.items : place.kind === 'scalar' ? [place] : []);

/** The providers by which people sign in. */
export function providers(yaml: Yaml, type: string): readonly Place[] {
  return rootOf(yaml)?.get('homeassistant', 'auth_providers').items.filter((item) => item.get('type').text === type) ?? [];
}
