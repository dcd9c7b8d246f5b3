import type { Analysis, Surroundings } from '#engine/analysis.js';
import { oncePer } from '#engine/attached.js';
import type { Inclusion } from '#engine/format.js';
import { stated, type Codec, type Setting, type Slot } from '#engine/setting.js';
import { sharedReading } from '#engine/shared.js';
import type { Span } from '#engine/text.js';
import { byPath } from '#notations/included-files.js';
import { table } from '#engine/table.js';
import { parseDirectives, slot, type Dialect, type Directive, type Directives } from '#notations/directives.js';

/** PostgreSQL 15, section 20.1.2: the `=` is optional, names fold case, `#` begins a comment anywhere, strings stand in single quotes. */
const dialect: Dialect = { comment: '#', trailingComments: true, assignment: 'either', separator: ' = ', quotes: "'",
  bare: /^(?:[A-Za-z_][\w.:/-]*|[+-]?\d[\w.]*)$/, foldCase: true };

export const parse = (text: string): Directives => parseDirectives(text, dialect);

/** How many files one server may be spread over before the rest counts as unknown. */
const mostFiles = 64;

/** A setting as the server would see it, with the other files it reads taken into account. */
export interface Effective extends Slot {
  /** Whether the deciding line stands in another file, which is judged on its own. */
  readonly elsewhere: boolean;
}

/** The settings of one server: this file, and what it includes in the order the server reads it; the last line wins. */
export interface Settings {
  /** Whether this file is only a part of a server's settings. */
  readonly fragment: boolean;
  of(name: string): Effective;
}

interface Line {
  readonly directive: Directive;
  /** The include line of this file it came through. */
  readonly through?: Span;
}

/** `conf.d` files and what ALTER SYSTEM writes are parts: what they leave out is stated elsewhere. */
export function isFragment(path: string): boolean {
  return /(?:^|\/)(?:conf\.d|[^/]*\.conf\.d)\/|\.auto\.conf$/i.test(path);
}

/** The settings of a file and of the files it includes, as far as the workspace has them. */
export function settingsOf(_file: Directives, analysis: Analysis<Directives>): Settings {
  return settingsPer(analysis);
}

const settingsPer = oncePer((analysis: Analysis<Directives>) => read(analysis.tree, analysis));

function read(file: Directives, { path, surroundings }: Analysis<Directives>): Settings {
  const lines: Line[] = [];
  const missing = collect(file, path, surroundings, lines);
  const includers = surroundings.includers();
  const later = includers === 'pending' ? [] : includers.slice(0, mostIncluders).map((by) => statedAfter(by, path, surroundings));
  const fragment = isFragment(path) || later.length > 0;
  const byName = new Map<string, Line>();
  for (const line of lines) byName.set(line.directive.name, line);
  return {
    fragment,
    of: (name) => {
      const line = byName.get(name);
      const reason = line ? undefined : (missing ?? (fragment ? 'postgresql.conf or another file may state it' : undefined));
      const own = slot(file, file, name, { wins: 'last', elsewhere: reason });
      // What a later line of every file that includes this one states is in force, and judged there.
      if (line && later.length > 0 && later.every((states) => states(name))) return { ...own, elsewhere: true };
      if (line?.through === undefined) return { ...own, elsewhere: false };
      return { span: line.through, raw: line.directive.value, write: () => [], elsewhere: true };
    },
  };
}

/** Whether a file states a name behind the line by which it includes another. */
function statedAfter(includer: string, path: string, surroundings: Surroundings): (name: string) => boolean {
  const file = surroundings.shared(reading, includer);
  if (typeof file !== 'object') return () => false;
  const { last, taking } = orderOf(file, includer);
  const at = taking(path).at(-1) ?? Infinity;
  return (name) => (last.get(name) ?? -1) > at;
}

/** A file that others are included by is read once for all of them. */
const reading = sharedReading('files of PostgreSQL', parse);

interface Order {
  /** The number of the last line that states a name. */
  readonly last: ReadonlyMap<string, number>;
  /** The numbers of the lines that take a file in. */
  taking(path: string): readonly number[];
}

function orderOf(file: Directives, path: string): Order {
  const known = orders(file);
  let found = known.get(path);
  if (!found) {
    const taking = byPath(file.directives.map((directive, at) => [inclusionOf(directive, path) ?? [], at] as const));
    found = { last: new Map(file.directives.map(({ name }, at) => [name, at])), taking };
    known.set(path, found);
  }
  return found;
}

const orders = oncePer((_file: Directives) => new Map<string, Order>());

/** More than this many files that include one another are not compared. */
const mostIncluders = 8;

/** What a file takes in. */
export function inclusionsOf(file: Directives, path: string): readonly Inclusion[] {
  return file.directives.flatMap((directive) => {
    const inclusion = inclusionOf(directive, path);
    return inclusion ? [inclusion] : [];
  });
}

function inclusionOf({ name, value }: Directive, path: string): Inclusion | undefined {
  const kind = includes.get(name);
  const target = kind && resolve(path, value);
  if (target === undefined || /[*?[\]{}()!]/.test(target)) return undefined;
  return [kind === 'folder' ? `${target}/*.conf` : target];
}

/** A setting whose default harms nobody: judged where this file states it, and nothing is said of what another file may state. */
export function statedHere<T>(slot: Effective, codec: Codec<T>): Setting<T> | undefined {
  return slot.elsewhere || slot.raw === undefined ? undefined : stated(slot, codec);
}

function collect(file: Directives, path: string, surroundings: Surroundings, into: Line[]): string | undefined {
  let missing: string | undefined;
  const pending: { file: Directives; path: string; through?: Span; at: number }[] = [{ file, path, at: 0 }];
  let opened = 0;
  // A stack instead of recursion: an include that includes itself ends with the count of files.
  while (pending.length > 0) {
    const top = pending.at(-1)!;
    const directive = top.file.directives[top.at++];
    if (!directive) {
      pending.pop();
      continue;
    }
    const kind = includes.get(directive.name);
    if (!kind) {
      into.push({ directive, ...(top.through && { through: top.through }) });
      continue;
    }
    const through = top.through ?? directive.span;
    const found = kind === 'folder' ? filesIn(resolve(top.path, directive.value), surroundings) : [resolve(top.path, directive.value)];
    if (found === undefined) missing ??= `a file in ${directive.value} may state it`;
    for (const next of [...(found ?? [])].reverse()) {
      const other = next === undefined ? 'absent' : surroundings.open(next);
      if (typeof other === 'object' && opened++ < mostFiles) pending.push({ file: parse(other.text), path: other.path, through, at: 0 });
      else missing ??= `${directive.value} may state it`;
    }
  }
  return missing;
}

/** What `include_if_exists` names may stand on the server and not in the workspace, as the files of a folder may. */
const includes = new Map<string, 'file' | 'folder'>([['include', 'file'], ['include_if_exists', 'file'], ['include_dir', 'folder']]);

/**
 * A path from the root of the workspace: relative ones are relative to the including file; an absolute one is looked
 * for below the folder that has the same name, so that a copy of `/etc` is read as the server would. Never leaves the workspace.
 */
function resolve(from: string, target: string): string | undefined {
  const folder = from.split('/').slice(0, -1);
  const parts = target.split('/').filter((part) => part !== '' && part !== '.');
  if (target.startsWith('/')) {
    for (let keep = folder.length; keep >= 0; keep--) {
      const tail = folder.slice(keep);
      if (keep < folder.length && tail.every((part, i) => parts[i] === part)) return [...folder.slice(0, keep), ...parts].join('/');
    }
    return parts.includes('..') ? undefined : parts.join('/');
  }
  const out = [...folder];
  for (const part of parts) {
    if (part !== '..') out.push(part);
    else if (out.pop() === undefined) return undefined;
  }
  return out.join('/');
}

/** The `*.conf` files of a folder in the order they are read; `undefined` while nobody can say, or where the workspace has none. */
function filesIn(folder: string | undefined, surroundings: Surroundings): readonly string[] | undefined {
  if (folder === undefined || /[*?[\]{}()!]/.test(folder)) return undefined;
  const found = surroundings.match(`${folder}/*.conf`);
  return found === 'pending' || found.length === 0 ? undefined : found;
}

/** PostgreSQL's booleans: any unambiguous beginning of true, false, yes, no, on, off, and 1 and 0. */
export const boolean: Codec<boolean> = {
  read: (raw) => (/^(?:t|tr|tru|true|y|ye|yes|on|1)$/i.test(raw) ? true : /^(?:f|fa|fal|fals|false|n|no|of|off|0)$/i.test(raw) ? false : undefined),
  print: (value) => (value ? 'on' : 'off'),
};

/** A time in seconds for a setting whose bare numbers are milliseconds; 0 and less mean never. */
export const milliseconds: Codec<number> = {
  read: (raw) => {
    const match = /^(-?\d{1,12})\s*(us|ms|s|min|h|d)?$/.exec(raw);
    if (!match) return undefined;
    const seconds = Number(match[1]) * table({ us: 1e-6, ms: 0.001, s: 1, min: 60, h: 3600, d: 86_400 })[(match[2] ?? 'ms') as 'us'];
    return seconds <= 0 ? Infinity : seconds;
  },
  print: (seconds) => (seconds === Infinity ? '0' : `${seconds}s`),
};

