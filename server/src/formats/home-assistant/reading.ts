import type { Analysis, Opened } from '#engine/analysis.js';
import { oncePer } from '#engine/attached.js';
import { yesNo } from '#engine/codec.js';
import { documented } from '#engine/release.js';
import { isBelow, isTakenIn, viewsOf, type Path } from '#notations/yaml-includes.js';
import { parseYaml, type Place, type Yaml } from '#notations/yaml.js';

/** Where the defaults are from. */
export const source = documented('Home Assistant', '2019.1 to 2026.7', 'components/http');

/** Home Assistant reads YAML 1.1 and takes all of these for booleans. */
export const onOff = yesNo(['true', 'yes', 'on', '1'], ['false', 'no', 'off', '0']);

export function rootOf({ documents }: Yaml): Place | undefined {
  return documents[0]?.root;
}

/**
 * The web server, where this file sets it up. Home Assistant takes the section over into its own store once and reads
 * it there from then on, so a file without it says nothing.
 */
export function webServer(yaml: Yaml, { path, surroundings }: Analysis<Yaml>): Place | undefined {
  const http = rootOf(yaml)?.get('http');
  return http?.exists && !isTakenIn(http, path, surroundings) ? http : undefined;
}

/** Packages hold sections of the whole; the file that has the first may be included below `homeassistant` itself. */
const packages: readonly Path[] = [['homeassistant', 'packages'], ['packages']];

/** Whether a place is judged as a part of a package. */
export const isInPackage = (place: Place): boolean => isBelow(place, packages);

/** The file as it reads where others include it, and each of the packages in it: whatever has sections of the program at its root. */
export const views = oncePer((analysis: Analysis<Yaml>) => viewsOf(analysis, packages));

const fileOf = oncePer((opened: Opened) => parseYaml(opened.text));

/** What `!secret name` stands for: `secrets.yaml` of the folder, or of the nearest folder above (util/yaml/loader.py). */
export function secretOf(place: Place, { path, surroundings }: Analysis<Yaml>): string | undefined {
  const { node } = place;
  if (place.tag !== '!secret' || node?.kind !== 'scalar') return undefined;
  const steps = path.split('/');
  for (let depth = steps.length - 1; depth >= 0; depth--) {
    const opened = surroundings.open([...steps.slice(0, depth), 'secrets.yaml'].join('/'));
    if (opened === 'pending') return undefined;
    const text = opened === 'absent' ? undefined : fileOf(opened).documents[0]?.root.get(node.text).text;
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The texts of a value that may be one or a list. */
export const wordsOf = (place: Place): readonly Place[] => (place.kind === 'list' ? place.items : place.kind === 'scalar' ? [place] : []);

/** The providers by which people sign in. */
export function providers(yaml: Yaml, type: string): readonly Place[] {
  return rootOf(yaml)?.get('homeassistant', 'auth_providers').items.filter((item) => item.get('type').text === type) ?? [];
}
