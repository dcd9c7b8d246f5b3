import type { Analysis, Surroundings } from '#engine/analysis.js';
import { oncePer } from '#engine/attached.js';
import type { Inclusion } from '#engine/format.js';
import { sharedReading } from '#engine/shared.js';
import { byPath, placesOf } from './included-files.js';
import type { Node } from './yaml-reader.js';
import { parseYaml, Place, type Document, type Yaml } from './yaml.js';

/** Keys of maps and numbers of list items, from the root of the whole configuration. */
export type Path = readonly (string | number)[];

/**
 * The tags of Home Assistant and ESPHome that put other files in their place, by what those of a folder become: one value, the
 * items of a list, values by the names of their files, or parts of one value (annotatedyaml 0.1, loader.py).
 */
const tags: ReadonlyMap<string, 'file' | 'list' | 'named' | 'merged'> = new Map([
  ['!include', 'file'], ['!include_dir_list', 'list'], ['!include_dir_named', 'named'],
  ['!include_dir_merge_list', 'merged'], ['!include_dir_merge_named', 'merged'],
]);

/** A folder is walked with those in it; more than this many levels are not. */
const levels = 4;

/** The name behind a tag; ESPHome has a map with variables there as well. */
function targetOf(place: Place): string | undefined {
  const { node } = place;
  return node?.kind === 'scalar' ? node.text : node?.kind === 'map' ? place.get('file').text : undefined;
}

/** A tag with what it names. */
interface Site {
  readonly place: Place;
  readonly how: string;
  readonly target: string;
}

function* includesOf({ documents }: Yaml): Iterable<Site> {
  for (const place of documents[0]?.root.descend() ?? []) {
    const how = place.tag === undefined ? undefined : tags.get(place.tag);
    const target = how && targetOf(place);
    if (how !== undefined && target !== undefined) yield { place, how, target };
  }
}

/** The files a file takes in by its tags. */
export function inclusionsOf(yaml: Yaml, path: string): readonly Inclusion[] {
  return yaml.text.includes('!include') ? [...includesOf(yaml)].flatMap(({ how, target }) => inclusionOf(how, target, path)) : [];
}

function inclusionOf(how: string, target: string, from: string): readonly Inclusion[] {
  const places = placesOf(target, from, []);
  if (how === 'file') return [places];
  return Array.from({ length: levels }, (_, depth) => places.map((folder) => `${folder}/${'*/'.repeat(depth)}*.yaml`));
}

/** A file that many take in, or are taken in by, is read once for all of them. */
const reading = sharedReading('files that include others', parseYaml);

/** Where the files that take this one in put it; the first of them in the order of their paths counts. Nothing where none does. */
function standsAt({ path, surroundings }: Analysis<Yaml>): Path | undefined {
  const includers = surroundings.includers();
  for (const by of includers === 'pending' ? [] : includers.slice(0, most)) {
    const yaml = surroundings.shared(reading, by);
    if (typeof yaml !== 'object') continue;
    const [site] = placing(yaml, by)(path);
    if (site) return [...pathOf(site.place), ...stepsOf(site.how, path)];
  }
  return undefined;
}

/** The tags of a file by what they may name. */
function placing(yaml: Yaml, by: string): (path: string) => readonly Site[] {
  const known = placings(yaml);
  let found = known.get(by);
  if (!found) {
    const sites = [...includesOf(yaml)].map((site) => [inclusionOf(site.how, site.target, by).flat(), site] as const);
    known.set(by, (found = byPath(sites)));
  }
  return found;
}

const placings = oncePer((_yaml: Yaml) => new Map<string, (path: string) => readonly Site[]>());

/** More than this many files that take one in are not looked through. */
const most = 8;

function stepsOf(how: string, path: string): Path {
  return how === 'list' ? [0] : how === 'named' ? [path.slice(path.lastIndexOf('/') + 1).replace(/\.yaml$/, '')] : [];
}

/** What is merged into a map stands in that map. */
function pathOf(place: Place): Path {
  const path: (string | number)[] = [];
  for (let at: Place | undefined = place; at?.name !== undefined; at = at.parent) if (at.name !== '<<') path.unshift(at.name);
  return path;
}

/** Whether files of the workspace stand in the place of a tag, where they are judged themselves. */
export function isTakenIn(place: Place, path: string, surroundings: Surroundings): boolean {
  const how = place.tag === undefined ? undefined : tags.get(place.tag);
  const target = how && targetOf(place);
  if (how === undefined || target === undefined) return false;
  return placesOf(target, path, []).some((one) => {
    if (how === 'file') return typeof surroundings.open(one) === 'object';
    const found = surroundings.match(`${one}/*.yaml`);
    return found !== 'pending' && found.length > 0;
  });
}

/** Whether a path goes on where another ends. */
const goesOn = (path: Path, other: Path) => path.length > other.length && other.every((step, i) => path[i] === step);

/** Whether a place lies in one of the values of a map or list at one of the paths. */
export function isBelow(place: Place, paths: readonly Path[]): boolean {
  const at: (string | number)[] = [];
  for (let one: Place | undefined = place; one?.name !== undefined; one = one.parent) at.unshift(one.name);
  return paths.some((path) => goesOn(at, path));
}

/**
 * A file as it reads where others take it in, and each of the packages in it: whatever has the sections of a configuration at its
 * root. `packages` are the paths of maps and lists whose values have them too.
 */
export function viewsOf(analysis: Analysis<Yaml>, packages: readonly Path[]): readonly Yaml[] {
  const { tree } = analysis;
  const at = standsAt(analysis) ?? [];
  const above = packages.find((path) => goesOn(at, path));
  const whole = placedAt(tree, above ? at.slice(above.length + 1) : at);
  const root = whole.documents[0]?.root;
  return [whole, ...packages.flatMap((path) => {
    const held = root?.get(...path);
    return [...(held?.pairs ?? []), ...(held?.items ?? [])].filter(({ kind, tag }) => kind === 'map' && tag === undefined)
      .map((place) => rootedAt(tree, place));
  })];
}

/** A file as it reads where it stands in the whole: below keys and items that its own text does not have, and that nothing is written to. */
function placedAt(yaml: Yaml, path: Path): Yaml {
  const [document] = yaml.documents;
  if (!document || path.length === 0 || document.body.root.kind === 'null') return yaml;
  return rootedIn(yaml, document, [...path].reverse().reduce<Node>((inner, step) => {
    const { start, end } = inner;
    const around = { start, end, flow: false, assumed: true } as const;
    return typeof step === 'number' ? { ...around, kind: 'list', items: [inner] }
      : { ...around, kind: 'map', pairs: [{ key: step, keyStart: start, keyEnd: start, value: inner }] };
  }, document.body.root));
}

/** A file as it reads where one of its values is the whole. */
function rootedAt(yaml: Yaml, { document, node }: Place): Yaml {
  return node ? rootedIn(yaml, document, node) : yaml;
}

function rootedIn(yaml: Yaml, { yaml: whole, body, start, end }: Document, node: Node): Yaml {
  let root: Place | undefined;
  const document: Document = { yaml: whole, body, start, end, get root() { return (root ??= new Place(document, node)); } };
  return { ...yaml, documents: [document] };
}
