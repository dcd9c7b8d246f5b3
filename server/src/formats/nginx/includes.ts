import type { Analysis, Surroundings } from '#engine/analysis.js';
import type { Inclusion } from '#engine/format.js';
import { oncePer } from '#engine/attached.js';
import { globMatcher } from '#engine/glob.js';
import { sharedReading } from '#engine/shared.js';
import { byPath } from '#notations/included-files.js';
import { parseBlocks, type Block, type Blocks, type Statement } from '#notations/blocks.js';

/** Another file as it was read. */
export interface Included {
  readonly path: string;
  readonly tree: Blocks;
}

/** A file that many include, or are included by, is read once for all of them. */
const statements = sharedReading('statements of nginx', parseBlocks);

/**
 * The files an include names, in the order they are read; `undefined` where the workspace does not say, or where they are
 * more than `most`. nginx reads relative paths from the folder of its main file, which is the nearest `nginx.conf`; an absolute path is looked for
 * below a folder that mirrors it, so that a copy of `/etc/nginx` in the workspace is read as the server would.
 */
export function includedFiles(
  target: string, from: string, asking: string, surroundings: Surroundings, most: number,
): readonly Included[] | undefined {
  if (!isPlain(target)) return undefined;
  for (const candidate of candidates(target, from)) {
    if (/[*?[]/.test(candidate)) {
      const paths = surroundings.match(candidate);
      if (paths === 'pending') return undefined;
      // Thousands of files would be opened by each of them, to be given up for their number.
      if (paths.length > most + 1) return undefined;
      const others = paths.filter((path) => path !== asking);
      const files = others.map((path) => ({ path, tree: surroundings.shared(statements, path) }));
      if (files.some(({ tree }) => tree === 'pending')) return undefined;
      if (paths.length > 0) return files.filter((file): file is Included => typeof file.tree === 'object');
    } else {
      const tree = surroundings.shared(statements, candidate);
      if (tree === 'pending') return undefined;
      if (tree !== 'absent') return candidate === asking ? [] : [{ path: candidate, tree }];
    }
  }
  return undefined;
}

/** What the include directives of a file name, at whatever level they stand. */
export function inclusionsOf(file: Blocks, path: string): readonly Inclusion[] {
  const found: Inclusion[] = [];
  const pending: Block[] = [file];
  for (let block = pending.pop(); block; block = pending.pop()) {
    for (const { name, args, block: inner } of block.statements) {
      if (inner) pending.push(inner);
      const target = name === 'include' ? args[0]?.value : undefined;
      if (target !== undefined && isPlain(target)) found.push(candidates(target, path));
    }
  }
  return found;
}

/** An include directive that takes a file in, with the blocks around it, the outermost first. */
export interface Site {
  readonly path: string;
  readonly file: Blocks;
  readonly around: readonly Statement[];
  readonly target: string;
}

/** Where the files that include this one do so; `pending` while nobody can say. */
export function sitesOf({ path, surroundings }: Analysis<Blocks>): readonly Site[] | 'pending' {
  const includers = surroundings.includers();
  if (includers === 'pending') return includers;
  return includers.slice(0, mostIncluders).flatMap((by) => {
    const file = surroundings.shared(statements, by);
    return typeof file === 'object' ? placing(file, by)(path).filter(({ target }) => takesIn(target, by, path, surroundings)) : [];
  });
}

/** The include directives of a file by what they may name. */
function placing(file: Blocks, by: string): (path: string) => readonly Site[] {
  const known = placings(file);
  let found = known.get(by);
  if (!found) known.set(by, (found = byPath(sitesIn(file, by))));
  return found;
}

const placings = oncePer((_file: Blocks) => new Map<string, (path: string) => readonly Site[]>());

function* sitesIn(file: Blocks, by: string): Iterable<readonly [places: readonly string[], site: Site]> {
  const pending: { block: Block; around: readonly Statement[] }[] = [{ block: file, around: [] }];
  for (let at = pending.pop(); at; at = pending.pop()) {
    for (const statement of at.block.statements) {
      if (statement.block) pending.push({ block: statement.block, around: [...at.around, statement] });
      const target = statement.name === 'include' ? (statement.args[0]?.value ?? '') : '';
      if (isPlain(target)) yield [candidates(target, by), { path: by, file, around: at.around, target }];
    }
  }
}

/** More than this many files that include one another are not compared. */
const mostIncluders = 4;

function takesIn(target: string, from: string, path: string, surroundings: Surroundings): boolean {
  for (const candidate of candidates(target, from)) {
    const isGlob = /[*?[]/.test(candidate);
    if (candidate === path || (isGlob && globMatcher(candidate)(path))) return true;
    const paths = isGlob ? surroundings.match(candidate) : typeof surroundings.open(candidate) === 'object' ? [candidate] : [];
    if (paths !== 'pending' && paths.length > 0) return false;
  }
  return false;
}

/** A path or a shell's glob that stays below the folder it starts from. */
const isPlain = (target: string) => target !== '' && !/[$\\{}]/.test(target) && !target.split('/').includes('..');

/** Where a target may lie in the workspace, likeliest first; never outside of it. */
function candidates(target: string, from: string): readonly string[] {
  const folder = from.split('/').slice(0, -1);
  const absolute = target.startsWith('/');
  const parts = target.split('/').filter((part) => part !== '' && part !== '.');
  const found: string[] = [];
  const add = (path: readonly string[]) => {
    const text = path.join('/');
    if (!found.includes(text)) found.push(text);
  };
  if (absolute) {
    // `deploy/etc/nginx/nginx.conf` includes `/etc/nginx/conf.d/*.conf`: the common run of folders is where the tree is mirrored.
    for (let keep = folder.length - 1; keep >= 0; keep--) {
      for (let run = Math.min(folder.length - keep, parts.length - 1); run > 0; run--) {
        if (folder.slice(keep, keep + run).every((part, i) => part === parts[i])) add([...folder.slice(0, keep), ...parts]);
      }
    }
    const within = /^(?:etc|usr\/local|opt|usr\/local\/etc)\/(?:nginx|openresty\/nginx)(?:\/conf)?$/.exec(parts.slice(0, 2).join('/'));
    // A folder named nginx, whatever stands above it, is taken for /etc/nginx.
    const named = folder.lastIndexOf('nginx');
    if (within && named >= 0) add([...folder.slice(0, named + 1), ...parts.slice(2)]);
    if (within) add([...folder, ...parts.slice(2)]);
    add(parts);
  } else {
    add([...folder, ...parts]);
    for (let up = folder.length - 1; up >= Math.max(0, folder.length - 2); up--) add([...folder.slice(0, up), ...parts]);
  }
  return found;
}

/** The nearest `nginx.conf` in the folder of a file or the two above. */
export function nearestMain({ path, surroundings }: Analysis<Blocks>): Included | undefined {
  const folder = path.split('/').slice(0, -1);
  for (let keep = folder.length; keep >= Math.max(0, folder.length - 2); keep--) {
    const candidate = [...folder.slice(0, keep), 'nginx.conf'].join('/');
    if (candidate === path) return undefined;
    const tree = surroundings.shared(statements, candidate);
    if (typeof tree === 'object') return { path: candidate, tree };
  }
  return undefined;
}

/** Whether a file that could not be read may state a directive: the files every package ships are known not to. */
export function mayState(target: string, name: string): boolean {
  if (/(?:^|\/)(?:mime\.types|koi-\w+|win-utf)$|modules-enabled\/|\/modules\/[^/]*\.conf$/.test(target)) return false;
  if (/(?:^|\/)(?:fastcgi|uwsgi|scgi|proxy)_params$|(?:^|\/)fastcgi(?:-php)?\.conf$/.test(target)) return /^(?:fastcgi|uwsgi|scgi|proxy)_(?:param|set_header|index|split)/.test(name);
  if (/options-ssl-nginx\.conf$|ssl-dhparams\.pem$/.test(target)) return name.startsWith('ssl_');
  return true;
}
