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
): Reach {
  const folded = names.map((name) => name.toLowerCase());
  const { path, surroundings } = analysis;
  const statesIn = (file: string): boolean | 'unknown' => {
    const opened = surroundings.open(file);
    if (typeof opened !== 'object') return 'unknown';
    const { directives } = globalLines(parse(opened.text));
    return directives.some(({ name }) => folded.includes(name)) || (directives.some(({ name }) => name === 'include') ? 'unknown' : false);
  };
  let open: Directive | undefined;
  for (const directive of section.directives) {
    if (directive === found) break;
    if (directive.name !== 'include') continue;
    for (const pattern of directive.value.split(/\s+/).filter(Boolean)) {
      const glob = inWorkspace(pattern.replaceAll('"', ''), path);
      const listed = glob === undefined ? 'pending' : surroundings.match(glob);
      const answers = listed === 'pending' || listed.length === 0 ? ['unknown' as const] : listed.filter((file) => file !== path).map(statesIn);
      if (answers.includes(true)) return { stated: true };
      if (answers.includes('unknown')) open ??= directive;
    }
  }
  return { stated: kind === 'drop-in' && overriddenBefore(), open };

  function overriddenBefore(): boolean {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const siblings = surroundings.match(`${folder}*.conf`);
    if (siblings !== 'pending' && siblings.some((file) => file < path && statesIn(file) === true)) return true;
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
  const folder = path.slice(0, path.lastIndexOf('/') + 1).replace(/[^/]+\.d\/$/, '');
  if (!pattern.startsWith('/')) return folder + pattern;
  if (pattern.startsWith('/etc/ssh/')) return folder + pattern.slice('/etc/ssh/'.length);
  return folder.endsWith('etc/ssh/') ? folder.slice(0, -'etc/ssh/'.length) + pattern.slice(1) : undefined;
}
