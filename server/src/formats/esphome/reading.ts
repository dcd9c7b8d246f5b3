import type { Analysis, Opened, Surroundings } from '#engine/analysis.js';
import { oncePer } from '#engine/attached.js';
import { yesNo } from '#engine/codec.js';
import type { Export, ExportKind } from '#engine/format.js';
import { shared } from '#engine/shared.js';
import { isBelow, viewsOf, type Path } from '#notations/yaml-includes.js';
import { parseYaml, type Place, type Yaml } from '#notations/yaml.js';

/** ESPHome reads YAML 1.1 with these words for booleans. */
export const trueFalse = yesNo(['true', 'yes', 'on', 'enable'], ['false', 'no', 'off', 'disable']);

export function rootOf({ documents }: Yaml): Place | undefined {
  return documents[0]?.root;
}

/** Packages hold the same sections as the device. */
const packages: readonly Path[] = [['packages']];

/** Whether a place is judged as a part of a package. */
export const isInPackage = (place: Place): boolean => isBelow(place, packages);

/** The file as it reads where others include it, and each of the packages written out in it. */
export const views = oncePer((analysis: Analysis<Yaml>) => viewsOf(analysis, packages));

/** What a device or a part of one may state in another file, by its path: the first key is the component. */
const statedElsewhere = [
  'api.encryption', 'ota.password', 'ota.encryption', 'web_server.auth', 'mqtt.certificate_authority', 'mqtt.ssl_fingerprints', 'wifi.ap.password', 'wifi.password',
  'wifi.eap', 'packet_transport.encryption', 'udp.encryption', 'esp32_ble.io_capability',
] as const;
export type Stated = (typeof statedElsewhere)[number];

/** Which of these a file states, with whatever value. */
function statedIn(yaml: Yaml): readonly Stated[] {
  const root = rootOf(yaml);
  const packages = root?.get('packages');
  const inline = [...(packages?.pairs ?? []), ...(packages?.items ?? [])].filter(({ tag }) => tag === undefined);
  return root ? [...new Set([root, ...inline].flatMap(statedBelow))] : [];
}

function statedBelow(root: Place): readonly Stated[] {
  return statedElsewhere.filter((path) => {
    const [first, ...rest] = path.split('.') as [string, ...string[]];
    const section = root.get(first);
    const entries = section.kind === 'list' ? section.items : [section];
    return entries.some((entry) => isGiven(entry.get(...rest)));
  });
}

/** What a file tells those that it takes in: what it states beside them. */
export interface User {
  readonly states: readonly Stated[];
  /** It takes in more than one file, and another may state more. */
  readonly open: boolean;
}
export const users: ExportKind<User> = { name: 'a user of an ESPHome file' };

/** The files that a file takes in, as paths from the root: its packages, and what is merged into it at the top. */
export function taken(yaml: Yaml, path: string): { readonly files: readonly string[]; readonly others: boolean } {
  const root = rootOf(yaml);
  const node = root?.node;
  if (!root || node?.kind !== 'map') return { files: [], others: false };
  const folder = path.split('/').slice(0, -1);
  const packages = root.get('packages');
  const values = [...(packages.kind === 'list' ? packages.items : packages.pairs), ...(packages.tag === '!include' ? [packages] : [])];
  const merged = node.pairs.filter(({ key, value }) => key === '<<' && value.kind === 'scalar').map(({ value }) => value);
  const named = [
    ...values.map((place) => (place.tag !== '!include' ? undefined : place.node?.kind === 'scalar' ? place.node.text : place.get('file').text)),
    ...merged.map((value) => (value.kind === 'scalar' && value.tag === '!include' ? value.text : undefined)),
  ];
  const files = named.flatMap((name) => {
    if (name === undefined || name.includes('${') || name.startsWith('/')) return [];
    const steps = [...folder];
    for (const step of name.split('/')) if (step === '..') steps.pop(); else if (step !== '.') steps.push(step);
    return [steps.join('/')];
  });
  const inline = values.filter((place) => place.tag === undefined && place.kind === 'map' && !place.get('url').exists).length;
  return { files, others: files.length + inline < named.length || (packages.exists && values.length === 0) };
}

export const told = (yaml: Yaml, path: string): readonly Export[] => {
  const { files, others } = taken(yaml, path);
  return files.map((key) => ({ kind: users, key, value: { states: statedIn(yaml), open: others || files.length > 1 } satisfies User }));
};

const fileOf = oncePer((opened: Opened) => parseYaml(opened.text));

/** What the files state that a file takes in, at any depth. */
interface Merged {
  readonly states: ReadonlySet<Stated>;
  /** Whether one of them names the device. */
  readonly isDevice: boolean;
  readonly open?: string;
}

/** More than this many files that are merged are not looked into. */
const most = 40;

function mergedInto(tree: Yaml, path: string, surroundings: Surroundings): Merged {
  const states = new Set<Stated>(statedIn(tree));
  const waiting: (readonly [yaml: Yaml, path: string])[] = [[tree, path]];
  const seen = new Set<string>([path]);
  let isDevice = false;
  let open: string | undefined;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { files, others } = taken(...next);
    if (others) open ??= 'a package it uses may state it';
    for (const file of files) {
      if (seen.has(file)) continue;
      if (seen.size > most) {
        open ??= 'a package it uses may state it';
        break;
      }
      seen.add(file);
      const opened = surroundings.open(file);
      if (typeof opened === 'string') {
        open ??= `${file.slice(file.lastIndexOf('/') + 1)} may state it`;
        continue;
      }
      const yaml = fileOf(opened);
      for (const one of statedIn(yaml)) states.add(one);
      isDevice ||= rootOf(yaml)?.get('esphome').exists === true;
      waiting.push([yaml, file]);
    }
  }
  return { states, isDevice, ...(open !== undefined && { open }) };
}

const inPackages = oncePer(({ tree, path, surroundings }: Analysis<Yaml>) => mergedInto(tree, path, surroundings));

/** The same of a file by its path, worked out once for all the files that it takes in. */
const mergedBy = shared<{ readonly states: readonly Stated[]; readonly open?: string } | 'absent' | 'pending'>(
  'what is merged into a file of ESPHome', (path, surroundings) => {
    const opened = surroundings.open(path);
    if (typeof opened === 'string') return opened;
    const { states, open } = mergedInto(fileOf(opened), path, surroundings);
    return { states: [...states].sort(), ...(open !== undefined && { open }) };
  });

/** What other files come to for what is missing here: they state it, nobody can say, or they do not. */
export function elsewhere(analysis: Analysis<Yaml>, paths: readonly Stated[]): 'stated' | { readonly because: string } | undefined {
  const root = rootOf(analysis.tree);
  if (!root) return undefined;
  const { surroundings } = analysis;
  const packages = inPackages(analysis);
  const states = (held: { has(path: Stated): boolean }) => paths.some((path) => held.has(path));
  if (states(packages.states)) return 'stated';
  if (packages.open !== undefined) return { because: packages.open };
  const { items, complete } = surroundings.exported(users, analysis.path);
  let doubt = complete ? undefined : 'the devices that use this file may state it';
  // A device that takes it from yet another file is looked into; most state it themselves.
  const lacking = items.find(({ path, value }) => {
    if (states(new Set(value.states))) return false;
    if (!value.open) return true;
    const merged = surroundings.shared(mergedBy, path);
    if (typeof merged === 'string') return merged === 'absent';
    if (merged.open !== undefined) doubt ??= merged.open;
    return merged.open === undefined && !states(new Set(merged.states));
  });
  if (lacking) return undefined;
  if (items.length > 0) return doubt === undefined ? 'stated' : { because: doubt };
  const isDevice = packages.isDevice || (root.get('esphome').exists && (complete || !/\$/.test(root.get('esphome', 'name').text ?? '')));
  return isDevice ? undefined : { because: 'the device that uses this part may state it' };
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
