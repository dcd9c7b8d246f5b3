import { statedBy, type Shared, type Stated } from '#engine/shared.js';
import type { Directive, Directives, Section } from '#notations/directives.js';
import type { Scope } from './reading.js';

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
  { analysis, section, kind }: Scope,
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
    for (const pattern of directive.value.split(/\s+/).filter(Boolean)) {
      const glob = inWorkspace(pattern.replaceAll('"', ''), path);
      const listed = glob === undefined ? 'pending' : surroundings.match(glob);
      const answer = listed === 'pending' || listed.length === 0 ? 'unknown' : statedAmong(glob!);
      if (answer === true) return { stated: true };
      if (answer === 'unknown') open ??= directive;
    }
  }
  return { stated: kind === 'drop-in' && overriddenBefore(), open };

  function overriddenBefore(): boolean {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const siblings = surroundings.shared(keywords, `${folder}*.conf`);
    if (folded.some((name) => (siblings.by.get(name)?.[0] ?? path) < path)) return true;
    const main = surroundings.open(folder.slice(0, -'.d/'.length));
    if (typeof main !== 'object') return false;
    const { directives } = globalLines(parse(main.text));
    const include = directives.findIndex(({ name, value }) => name === 'include' && value.includes('.d/'));
    return directives.slice(0, Math.max(0, include)).some(({ name }) => folded.includes(name));
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
