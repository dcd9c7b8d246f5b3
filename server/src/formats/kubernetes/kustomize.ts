import type { Surroundings } from '#engine/analysis.js';
import { sharedReading, type Shared } from '#engine/shared.js';
import { imageOf } from '#notations/containers.js';
import { besides } from '#notations/relative-paths.js';
import { joinedWith, type Joining } from '#notations/yaml-joined.js';
import type { Node } from '#notations/yaml-reader.js';
import { parseYaml, Place, type Document, type Yaml } from '#notations/yaml.js';

/** One change that a kustomization makes to objects. */
interface Patch {
  /** Whether an object is one of those. */
  readonly applies: (object: Named) => 'yes' | 'perhaps' | 'no';
  /** What it states of the object; `undefined` where it changes nothing. */
  readonly states: (root: Place) => readonly Place[];
  readonly because: string;
  /** What it is made of: other text is another patch. */
  readonly source: string;
}

/** What tells an object from others. */
interface Named {
  readonly kind: string;
  readonly name: string;
}

/** What the kustomizations of a workspace do to its files. */
interface Kustomizations {
  /** For each file the patches that come to it, once for each way to the top. */
  readonly ways: ReadonlyMap<string, readonly (readonly Patch[])[]>;
  /** The files that are patches, and no objects. */
  readonly patches: ReadonlySet<string>;
  readonly texts: readonly string[];
}

/** The same for one of them. */
interface OfFile {
  readonly ways: readonly (readonly Patch[])[];
  readonly isPatch: boolean;
}

interface Kustomization {
  readonly path: string;
  readonly root: Place;
  readonly patches: readonly Patch[];
  readonly resources: readonly string[];
  readonly components: readonly string[];
}

const reading = sharedReading('a file of Kustomize', parseYaml);
const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
/** Levels of kustomizations upon others, and ways through them, that are followed. */
const deepest = 10;
const mostWays = 10_000;

/** All kustomizations of the workspace; Kustomize, Reference: kustomization. */
const kustomizations: Shared<Kustomizations> = {
  name: 'kustomizations',
  answer: (_key, surroundings) => {
    const texts: string[] = [];
    const patchFiles = new Set<string>();
    const read = (path: string): Yaml | undefined => {
      const found = surroundings.shared(reading, path);
      if (typeof found !== 'string') texts.push(path, found.text);
      return typeof found === 'string' ? undefined : found;
    };
    const paths = names.flatMap((name) => {
      const found = surroundings.match(`**/${name}`);
      return found === 'pending' ? [] : found;
    });
    const all = new Map(paths.flatMap((path) => {
      const root = read(path)?.documents[0]?.root;
      return root ? [[path, kustomizationOf(path, root, read, patchFiles)] as const] : [];
    }));
    return { ways: waysOf(all), patches: patchFiles, texts };
  },
  same: (before, now) => before.texts.length === now.texts.length && before.texts.every((text, i) => text === now.texts[i]),
};

/** So that a patch that changes concerns the files it comes to, and no others. */
const ofFile: Shared<OfFile> = {
  name: 'kustomizations of a file',
  answer: (path, surroundings) => {
    const { ways, patches } = surroundings.shared(kustomizations, '');
    return { ways: ways.get(path) ?? [], isPatch: patches.has(path) };
  },
  same: (before, now) => before.isPatch === now.isPatch && before.ways.length === now.ways.length
    && before.ways.every((way, i) => way.length === now.ways[i]!.length && way.every(({ source }, j) => source === now.ways[i]![j]!.source)),
};

function kustomizationOf(path: string, root: Place, read: (path: string) => Yaml | undefined, patchFiles: Set<string>): Kustomization {
  const named = (...keys: readonly string[]) => keys.flatMap((key) => root.get(key).items.flatMap(({ text }) => (text === undefined ? [] : besides(path, text) ?? [])));
  /** The documents of a patch, be it a file or a text that stands here. */
  const documentsOf = (file: string | undefined, inline: string | undefined): readonly Document[] => {
    if (inline !== undefined) return parseYaml(inline).documents;
    const other = file === undefined ? undefined : besides(path, file);
    if (other === undefined) return [];
    patchFiles.add(other);
    return read(other)?.documents ?? [];
  };
  const made = { because: `the kustomization ${path} patches it`, source: `${path}\n${root.document.yaml.text}` };
  const patches = [...root.get('patches').items, ...root.get('patchesJson6902').items].flatMap((item) =>
    documentsOf(item.get('path').text, item.get('patch').text).map((document) => patchOf(document, item.get('target'), made)));
  const merges = root.get('patchesStrategicMerge').items.flatMap(({ text }) =>
    (text?.includes('\n') ? documentsOf(undefined, text) : documentsOf(text, undefined)).map((document) => patchOf(document, undefined, made)));
  const images = root.get('images').items.map((item): Patch => ({ applies: () => 'yes', states: (object) => imagesOf(object, item), ...made }));
  return { path, root, patches: [...merges, ...patches, ...images], resources: named('resources', 'bases'), components: named('components') };
}

function patchOf({ root, yaml }: Document, target: Place | undefined, { because, source }: Pick<Patch, 'because' | 'source'>): Patch {
  const selected = target?.exists ? target : undefined;
  const [kind, name] = selected ? [selected.get('kind').text, selected.get('name').text] : [root.get('kind').text, root.get('metadata', 'name').text];
  const vague = selected?.get('labelSelector').exists || selected?.get('annotationSelector').exists;
  const states = root.kind === 'list' ? root.items.flatMap(operation) : [root];
  return {
    applies: (object) => {
      const answers = [matches(object.kind, kind), matches(object.name, name)];
      return answers.includes('no') ? 'no' : vague || answers.includes('perhaps') ? 'perhaps' : 'yes';
    },
    states: () => states,
    because,
    source: `${source}\n${yaml.text}`,
  };
}

/** Names of a target are patterns; which of them a pattern matches is left open. */
function matches(name: string, wanted: string | undefined): 'yes' | 'perhaps' | 'no' {
  if (wanted === undefined || wanted === name) return 'yes';
  return /^[\w.-]*$/.test(wanted) ? 'no' : 'perhaps';
}

/** One operation of JSON Patch (RFC 6902), as what it states: a map for each step of its path, items by their number. */
function operation(item: Place): readonly Place[] {
  const op = item.get('op').text;
  const path = item.get('path').text;
  const value = item.get('value');
  if (path === undefined || !path.startsWith('/') || op === 'test') return [];
  const steps = path.slice(1).split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const { start, end } = item.node!;
  const inner: Node = (op === 'add' || op === 'replace') && value.node ? value.node : { kind: 'null', start, end };
  return [new Place(item.document, below(steps, inner))];
}

/** A value at a path. */
function below(path: readonly string[], value: Node): Node {
  const { start, end } = value;
  return [...path].reverse().reduce<Node>((inner, key) => ({ kind: 'map', start, end, flow: false, pairs: [{ key, keyStart: start, keyEnd: start, value: inner }] }), value);
}

/** What `images` says of the containers of an object. */
function imagesOf(root: Place, item: Place): readonly Place[] {
  const name = item.get('name').text;
  const digest = item.get('digest').text;
  const tag = item.get('newTag').text;
  if (name === undefined || (digest === undefined && tag === undefined)) return [];
  const text = `${item.get('newName').text ?? name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
  return [...root.descend()].filter((place) => place.key === 'image' && imageOf(place.text ?? '').name === name).map((place) => {
    const path: string[] = [];
    for (let at: Place | undefined = place; at?.name !== undefined; at = at.parent) path.unshift(String(at.name));
    const { start, end } = place.node!;
    return new Place(place.document, below(path, { kind: 'scalar', text, style: 'plain', start, end }));
  });
}

/** For each file the patches that come to it on each way from a kustomization that no other takes in. */
function waysOf(all: ReadonlyMap<string, Kustomization>): ReadonlyMap<string, readonly (readonly Patch[])[]> {
  const inFolder = (folder: string) => names.map((name) => all.get(folder === '' ? name : `${folder}/${name}`)).find((one) => one !== undefined);
  const taken = new Set([...all.values()].flatMap(({ resources, components }) => [...resources, ...components].flatMap((folder) => inFolder(folder)?.path ?? [])));
  const ways = new Map<string, (readonly Patch[])[]>();
  let left = mostWays;
  const visit = ({ patches, resources, components }: Kustomization, above: readonly Patch[], depth: number) => {
    if (depth > deepest || left-- <= 0) return;
    const parts = components.flatMap((folder) => inFolder(folder) ?? []);
    const here = [...patches, ...parts.flatMap((part) => part.patches), ...above];
    for (const other of [...resources, ...parts.flatMap((part) => part.resources)]) {
      const inner = inFolder(other);
      if (inner) visit(inner, here, depth + 1);
      else {
        const known = ways.get(other);
        if (known) known.push(here);
        else ways.set(other, [here]);
      }
    }
  };
  for (const one of all.values()) if (!taken.has(one.path)) visit(one, [], 0);
  return ways;
}

/** Lists whose items Kubernetes merges, and the key that tells them apart; API conventions, patchMergeKey. Others are put in place of each other. */
const keys: ReadonlyMap<string, string> = new Map([
  ['containers', 'name'], ['initContainers', 'name'], ['ephemeralContainers', 'name'], ['env', 'name'], ['volumes', 'name'], ['imagePullSecrets', 'name'],
  ['ports', 'containerPort'], ['volumeMounts', 'mountPath'], ['volumeDevices', 'devicePath'], ['hostAliases', 'ip'],
]);

function pairUp(own: Place, other: Place): ReturnType<Joining['pairUp']> {
  if (other.kind === 'map') {
    const added = other.pairs.filter(({ key }) => key === '-' || Number(key) >= own.items.length);
    return [...own.items.map((item, i) => ({ own: item, other: other.get(String(i)) })), ...added.map((item) => ({ other: item }))];
  }
  const key = keys.get(own.key);
  if (key === undefined || own.items.some((item) => !item.get(key).exists)) return other.items.map((item) => ({ other: item }));
  const said = new Map(other.items.map((item) => [item.get(key).text, item]));
  const names = new Set(own.items.map((item) => item.get(key).text));
  return [...own.items.map((item) => ({ own: item, other: said.get(item.get(key).text) })), ...other.items.filter((item) => !names.has(item.get(key).text)).map((item) => ({ other: item }))];
}

/** An object as the kustomizations that take its file in leave it; what only some of them state cannot be told. */
export function inForce(surroundings: Surroundings, path: string, root: Place, object: Named): Place {
  const { ways } = surroundings.shared(ofFile, path);
  const patches = new Set(ways.flat());
  let held = root;
  for (const patch of patches) {
    const applies = patch.applies(object);
    if (applies === 'no') continue;
    const because = applies === 'yes' && ways.every((way) => way.includes(patch)) ? undefined : patch.because;
    for (const other of patch.states(root)) held = joinedWith(held, other, root.head, { wins: 'other', pairUp, because });
  }
  return held;
}

/** Why what a file leaves out may be stated in another: it is a patch. */
export function patchesOther(surroundings: Surroundings, path: string): string | undefined {
  return surroundings.shared(ofFile, path).isPatch ? 'the manifest that it patches may state it' : undefined;
}
