import type { Analysis } from '#engine/analysis.js';
import type { Inclusion } from '#engine/format.js';
import { oncePer } from '#engine/attached.js';
import { statedBy, type Shared } from '#engine/shared.js';
import { sections, type Directive, type Directives } from '#notations/directives.js';
import { byPath } from '#notations/included-files.js';
import { globalLines, isMatch, keywords, parse, reading } from './lines.js';
import type { Scope } from './reading.js';

const patternsOf = ({ name, value }: Directive) => (name === 'include' ? value.split(/\s+/).map((pattern) => pattern.replaceAll('"', '')).filter(Boolean) : []);

/** What the Include lines of a file name, also those below `Match`. */
export function inclusionsOf(file: Directives, path: string): readonly Inclusion[] {
  return file.directives.flatMap(patternsOf).flatMap((pattern) => {
    const glob = inWorkspace(pattern, path);
    return glob === undefined ? [] : [[glob]];
  });
}

/** An Include that takes this file in. */
export interface Site {
  /** The file it stands in, and the number of its line among those that hold for everyone: all of them are before one below a `Match`. */
  readonly path: string;
  readonly at: number;
  /** The criteria of the `Match` it stands below. */
  readonly criteria: string | undefined;
  /** What it names. */
  readonly glob: string;
}

/** More than this many files that include one another are not compared. */
const mostIncluders = 8;

/** The Include lines of other files that take this one in; `pending` while nobody can say. */
export function sitesOf({ path, surroundings }: Analysis<Directives>): readonly Site[] | 'pending' {
  const includers = surroundings.includers();
  if (includers === 'pending') return includers;
  return includers.slice(0, mostIncluders).flatMap((by) => {
    const file = surroundings.shared(reading, by);
    return typeof file === 'object' ? placing(file, by)(path) : [];
  });
}

/** The Include lines of a file by what they may name. */
function placing(file: Directives, by: string): (path: string) => readonly Site[] {
  const known = placings(file);
  let found = known.get(by);
  if (!found) known.set(by, (found = byPath(sitesIn(file, by))));
  return found;
}

const placings = oncePer((_file: Directives) => new Map<string, (path: string) => readonly Site[]>());

function* sitesIn(file: Directives, by: string): Iterable<readonly [places: readonly string[], site: Site]> {
  for (const { head, directives } of sections(file, isMatch)) {
    for (const [at, directive] of directives.entries()) {
      for (const pattern of patternsOf(directive)) {
        const glob = inWorkspace(pattern, by);
        if (glob !== undefined) yield [[glob], { path: by, at: head ? Infinity : at, criteria: head?.value, glob }];
      }
    }
  }
}

/** By keyword, the number of the first line of a file that states it for everyone, itself or by what it includes there. */
const firstLines: Shared<ReadonlyMap<string, number>> = {
  name: 'first lines of sshd',
  answer: (path, surroundings) => {
    const first = new Map<string, number>();
    const file = surroundings.shared(reading, path);
    for (const [at, directive] of typeof file === 'object' ? globalLines(file).directives.entries() : []) {
      if (!first.has(directive.name)) first.set(directive.name, at);
      for (const pattern of patternsOf(directive)) {
        const glob = inWorkspace(pattern, path);
        if (glob === undefined) continue;
        for (const word of surroundings.shared(keywords, glob).by.keys()) if (!first.has(word)) first.set(word, at);
      }
    }
    return first;
  },
  same: (before, now) => before.size === now.size && [...before].every(([word, at]) => now.get(word) === at),
};

/** Whether an earlier file states a keyword, or an `Include` that may state it could not be read. */
export interface Reach {
  readonly stated: boolean;
  readonly open?: Directive | undefined;
}

/**
 * What the other files say of a keyword before this statement, or at all where there is none. For a drop-in these are
 * the drop-ins before it and what stands in the main file above its `Include`.
 */
export function reach(
  { analysis, section, kind, sites }: Scope,
  names: readonly string[],
  found: Directive | undefined,
): Reach {
  const folded = names.map((name) => name.toLowerCase());
  const { path, surroundings } = analysis;
  /** Whether one of the files that match states it; `unknown` where one of them cannot be read or includes others. */
  const statedAmong = (glob: string): boolean | 'unknown' => {
    const all = surroundings.shared(keywords, glob);
    if (folded.some((name) => statedBy(all, name, analysis) !== undefined)) return true;
    return all.pending !== undefined || statedBy(all, 'include', analysis) !== undefined ? 'unknown' : false;
  };
  let open: Directive | undefined;
  for (const directive of section.directives) {
    if (directive === found) break;
    if (directive.name !== 'include') continue;
    for (const pattern of patternsOf(directive)) {
      const glob = inWorkspace(pattern, path);
      const listed = glob === undefined ? 'pending' : surroundings.match(glob);
      const answer = listed === 'pending' || listed.length === 0 ? 'unknown' : statedAmong(glob!);
      if (answer === true) return { stated: true };
      if (answer === 'unknown') open ??= directive;
    }
  }
  return { stated: kind === 'drop-in' && overriddenBefore(), open };

  function overriddenBefore(): boolean {
    if (sites.length > 0) return sites.every((site) => folded.some((name) => isBefore(name, site)));
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const siblings = surroundings.shared(keywords, `${folder}*.conf`);
    if (folded.some((name) => (siblings.by.get(name)?.[0] ?? path) < path)) return true;
    const main = surroundings.open(folder.slice(0, -'.d/'.length));
    if (typeof main !== 'object') return false;
    const { directives } = globalLines(parse(main.text));
    const include = directives.findIndex(({ name, value }) => name === 'include' && value.includes('.d/'));
    return directives.slice(0, Math.max(0, include)).some(({ name }) => folded.includes(name));
  }

  /** Whether a line before an Include states it, or a file that it takes in before this one. */
  function isBefore(name: string, { path: by, at, glob }: Site): boolean {
    return (surroundings.shared(firstLines, by).get(name) ?? Infinity) < at || (surroundings.shared(keywords, glob).by.get(name)?.[0] ?? path) < path;
  }
}

/**
 * Where a file named in a configuration lies in the workspace; `undefined` when it cannot be said. sshd_config(5): a path
 * without a leading slash is below /etc/ssh.
 */
function inWorkspace(pattern: string, path: string): string | undefined {
  const folder = path.slice(0, path.lastIndexOf('/') + 1).replace(/(?<![^/])[^/]+\.d\/$/, '');
  if (!pattern.startsWith('/')) return folder + pattern;
  if (pattern.startsWith('/etc/ssh/')) return folder + pattern.slice('/etc/ssh/'.length);
  return folder.endsWith('etc/ssh/') ? folder.slice(0, -'etc/ssh/'.length) + pattern.slice(1) : undefined;
}
