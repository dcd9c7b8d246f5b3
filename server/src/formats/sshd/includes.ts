import type { Analysis } from '#engine/analysis.js';
import type { Inclusion } from '#engine/format.js';
import { statedBy, type Shared, type Stated } from '#engine/shared.js';
import { sections, type Directive, type Directives, type Section } from '#notations/directives.js';
import type { Scope } from './reading.js';

export const isMatch = ({ name }: Directive) => name === 'match';

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
  /** The file it stands in, and its lines before it that hold for everyone. */
  readonly path: string;
  readonly before: readonly Directive[];
  /** The criteria of the `Match` it stands below. */
  readonly criteria: string | undefined;
}

/** More than this many files that include one another are not compared. */
const mostIncluders = 8;

/** The Include lines of other files that take this one in; `pending` while nobody can say. */
export function sitesOf({ path, surroundings }: Analysis<Directives>, parse: (text: string) => Directives): readonly Site[] | 'pending' {
  const includers = surroundings.includers();
  if (includers === 'pending') return includers;
  return includers.slice(0, mostIncluders).flatMap((by) => {
    const main = surroundings.open(by);
    if (typeof main !== 'object') return [];
    return sections(parse(main.text), isMatch).flatMap(({ head, directives }, _i, [everyone]) => directives.flatMap((directive, at) => {
      const takesIn = patternsOf(directive).some((pattern) => {
        const glob = inWorkspace(pattern, by);
        const found = glob === undefined ? 'pending' : surroundings.match(glob);
        return found !== 'pending' && found.includes(path);
      });
      return takesIn ? [{ path: by, before: head ? everyone!.directives : directives.slice(0, at), criteria: head?.value }] : [];
    }));
  });
}

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
  parse: (text: string) => Directives,
  globalLines: (file: Directives) => Section,
  keywords: Shared<Stated>,
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
    if (sites.length > 0) return sites.every((site) => site.before.some((directive) => folded.includes(directive.name)
      || patternsOf(directive).some((pattern) => statesBefore(inWorkspace(pattern, site.path)))));
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const siblings = surroundings.shared(keywords, `${folder}*.conf`);
    if (folded.some((name) => (siblings.by.get(name)?.[0] ?? path) < path)) return true;
    const main = surroundings.open(folder.slice(0, -'.d/'.length));
    if (typeof main !== 'object') return false;
    const { directives } = globalLines(parse(main.text));
    const include = directives.findIndex(({ name, value }) => name === 'include' && value.includes('.d/'));
    return directives.slice(0, Math.max(0, include)).some(({ name }) => folded.includes(name));
  }

  /** Whether a file that an earlier Include takes in states it. */
  function statesBefore(glob: string | undefined): boolean {
    return glob !== undefined && statedAmong(glob) === true;
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
