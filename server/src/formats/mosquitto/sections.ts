import { isThisMachine } from '#concepts/network-names.js';
import type { Analysis } from '#engine/analysis.js';
import type { Inclusion } from '#engine/format.js';
import { statedIn } from '#engine/shared.js';
import type { Span } from '#engine/text.js';
import { placesOf } from '#notations/included-files.js';
import { parseDirectives, sections, type Dialect, type Directive, type Directives, type Section } from '#notations/directives.js';

/** mosquitto.conf(5): a `#` begins a comment only at the start of a line; later it is part of the value. */
const dialect: Dialect = { comment: '#', trailingComments: false, assignment: 'space', separator: ' ' };

export const parse = (text: string): Directives => parseDirectives(text, dialect);

/** One port of the broker with the lines that belong to it. */
export interface Listener {
  readonly section: Section;
  /** 0 for a unix socket; `undefined` where the number is filled in when the file is deployed. */
  readonly port: number | undefined;
  readonly address?: string | undefined;
  readonly label: string;
  readonly span: Span;
  readonly near: boolean;
}

const isHead = ({ name }: Directive) => name === 'listener' || name === 'connection';

/** What in front of the first `listener` makes the broker open its old default listener; read in its conf.c and observed, both with Mosquitto 2.0.11. */
const opensDefault = new Set(['certfile', 'keyfile', 'cafile', 'capath', 'crlfile', 'psk_hint', 'bind_interface', 'socket_domain', 'ciphers', 'ciphers_tls1.3',
  'dhparamfile', 'tls_engine', 'tls_engine_kpass_sha1']);
/** These do so with any value but the one that is the default. */
const opensUnlessDefault: ReadonlyMap<string, string> = new Map([
  ['protocol', 'mqtt'], ['max_connections', '-1'], ['max_qos', '2'], ['require_certificate', 'false'], ['use_identity_as_username', 'false'],
  ['use_subject_as_username', 'false'], ['use_username_as_clientid', 'false'],
]);
/** These are of a listener only where each has its own accounts. */
const opensPerListener = new Set(['password_file', 'psk_file', 'auth_plugin', 'plugin']);

/**
 * mosquitto.conf(5): what follows `listener` belongs to it. `port` and `bind_address` are of the old default listener
 * wherever they stand; its other options stand in front of the first `listener`.
 */
export function listeners(file: Directives): readonly Listener[] {
  const [before, ...headed] = sections(file, isHead);
  const found: Listener[] = [];
  const port = last(file, 'port');
  const bound = last(file, 'bind_address');
  const opens = ({ name, value }: Directive) => opensDefault.has(name) || (opensUnlessDefault.get(name) ?? value) !== value
    || (opensPerListener.has(name) && perListener(file));
  const head = port ?? bound ?? before!.directives.find(opens);
  if (head) {
    const number = port ? numberOf(port.value) : 1883;
    found.push({ section: { ...before!, head }, port: number, address: bound?.value, label: labelOf(number), span: head.span, near: isNear(bound?.value)
      || isNear(interfaceOf(before!)) });
  }
  for (const section of headed) {
    if (section.head!.name !== 'listener') continue;
    const [number, address] = section.head!.value.split(/\s+/);
    const read = numberOf(number!);
    found.push({ section, port: read, address, label: labelOf(read), span: section.head!.span, near: read === 0 || isNear(address)
      || isNear(interfaceOf(section)) });
  }
  return found;
}

function interfaceOf({ directives }: Section): string | undefined {
  return directives.filter(({ name }) => name === 'bind_interface').at(-1)?.value;
}

function numberOf(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) ? Number(text) : undefined;
}

function labelOf(port: number | undefined): string {
  return port === 0 ? 'The MQTT listener on a local socket' : port === undefined ? 'The MQTT listener' : `The MQTT listener on port ${port}`;
}

/** Whether an address or an interface is of this machine alone. */
export function isNear(address: string | undefined): boolean {
  return address !== undefined && (isThisMachine(address) || address === 'lo');
}

/** The connections to other brokers. */
export function bridges(file: Directives): readonly Section[] {
  return sections(file, isHead).filter(({ head }) => head?.name === 'connection');
}

/** The last line of a name in the whole file: most options of the broker hold wherever they stand. */
export function last(file: Directives, name: string): Directive | undefined {
  return file.directives.filter((directive) => directive.name === name).at(-1);
}

/** The whole file as one section, for options of the broker. */
export function whole(file: Directives): Section {
  return { directives: file.directives, end: file.end };
}

/** Whether each listener has its own accounts and rights; off by default. */
export function perListener(file: Directives): boolean {
  return last(file, 'per_listener_settings')?.value === 'true';
}

/** What the files of a folder state of the broker, each read once for all that ask. */
const options = statedIn('options of Mosquitto', (text) => new Set(parse(text).directives.map(({ name }) => name)));

/**
 * Where else an option of the broker is stated: in a file that this one includes, which is judged by itself; or why that
 * cannot be told, because this one includes what the workspace does not have, or is itself included.
 */
export function elsewhere(file: Directives, { path, surroundings }: Analysis<Directives>, ...names: readonly string[]): 'stated' | { readonly because: string } | undefined {
  for (const { value } of file.directives.filter(isInclude)) {
    const all = foldersOf(value, path).map((place) => surroundings.shared(options, place)).find(({ by, pending }) => by.size > 0 || pending);
    if (all && names.some((name) => all.by.has(name))) return 'stated';
    if (!all || all.pending) return { because: `a file in ${value} may state it` };
  }
  const includers = surroundings.includers();
  // A part of a file at hand states what it states; what is not stated anywhere is judged there.
  if (includers !== 'pending' && includers.length > 0 && !names.some((name) => last(file, name))) return 'stated';
  return /(?:^|\/)conf\.d\//.test(path) || (includers !== 'pending' && includers.length > 0)
    ? { because: 'mosquitto.conf or another file of this folder may state it' } : undefined;
}

const isInclude = ({ name }: Directive) => name === 'include_dir';

/** mosquitto.conf(5): `include_dir` takes in the files of a folder that end in `.conf`. */
export function inclusionsOf(file: Directives, path: string): readonly Inclusion[] {
  return file.directives.filter(isInclude).map(({ value }) => foldersOf(value, path));
}

/** The files that an `include_dir` may name. */
function foldersOf(folder: string, path: string): Inclusion {
  return placesOf(folder, path, ['/etc/mosquitto/', '/mosquitto/config/', '/mosquitto/']).map((place) => `${place}/*.conf`);
}
