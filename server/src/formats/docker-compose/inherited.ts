import type { Surroundings } from '#engine/analysis.js';
import type { Inclusion } from '#engine/format.js';
import { sharedReading } from '#engine/shared.js';
import type { Span } from '#engine/text.js';
import { besides } from '#notations/relative-paths.js';
import { joinedWith, type Joining } from '#notations/yaml-joined.js';
import { parseYaml, type Place, type Yaml } from '#notations/yaml.js';
import type { Compose } from './services.js';

/** Another file that services come from is read once for all that ask. */
const reading = sharedReading('a file of Compose', parseYaml);

/** A file that can read the others that it names. */
export function amid(tree: Compose, path: string, surroundings: Surroundings): Compose {
  const read = (other: string) => {
    const found = surroundings.shared(reading, other);
    return typeof found === 'string' ? undefined : found;
  };
  return { ...tree, path, read };
}

/** The files that a file of Compose takes in: those it includes, and those whose services its own extend. */
export function inclusionsOf({ documents }: Compose, path: string): readonly Inclusion[] {
  return documents.flatMap(({ root }) => {
    const included = root.get('include').items.flatMap((item) => {
      const named = item.kind === 'map' ? item.get('path') : item;
      return named.kind === 'list' ? named.items : [named];
    });
    const extended = root.get('services').pairs.map((service) => service.get('extends', 'file'));
    return [...included, ...extended].flatMap(({ text }) => {
      const other = text === undefined ? undefined : besides(path, text);
      return other === undefined ? [] : [[other]];
    });
  });
}

/** The main file of the folder of an override, which Compose reads below it; `undefined` for other files, and for views, which there are of files without one. */
export function mainOf({ path = '', read, only }: Compose): { readonly yaml: Yaml; readonly path: string } | undefined {
  const [, folder = '', name] = /^(.*\/)?(docker-compose|compose)\.override\.ya?ml$/.exec(path) ?? [];
  return name === undefined || only !== undefined ? undefined : firstOf(read, [`${folder}${name}.yml`, `${folder}${name}.yaml`]);
}

/** The override that Compose reads on top of a main file of a folder; `undefined` for other files. */
export function overrideOf({ path = '', read, only }: Compose): { readonly yaml: Yaml; readonly path: string } | undefined {
  const [, stem] = /^((?:.*\/)?(?:docker-compose|compose))\.ya?ml$/.exec(path) ?? [];
  return stem === undefined || only !== undefined ? undefined : firstOf(read, [`${stem}.override.yml`, `${stem}.override.yaml`]);
}

function firstOf(read: Compose['read'], paths: readonly string[]) {
  for (const path of paths) {
    const yaml = read?.(path);
    if (yaml) return { yaml, path };
  }
  return undefined;
}

/** Keys whose value is not added to, but put in place of the other; Compose Specification, merge. */
const replacing = new Set(['command', 'entrypoint', 'test']);

/** A service with what it inherits, seen through a span of its own file. */
export function inheriting(own: Place, other: Place, through: Span, wins: Joining['wins'] = 'own'): Place {
  return joinedWith(own, other, through, { wins, pairUp: (mine, theirs) => {
    // What an override adds is said where it stands; here it counts where it may mend something.
    const added = replacing.has(mine.key) || (wins === 'other' && mine.key !== 'security_opt') ? [] : theirs.items;
    return [...mine.items.map((item) => ({ own: item })), ...added.map((item) => ({ other: item }))];
  } });
}
