import type { Unread } from '#engine/unread.js';
import { isMisspelled, misspelled, unread, type Content, type Files, type Listed } from './workspace-files.js';
import { ignoring as patternsOf, type Ignored } from './workspace-ignore.js';

/** Folders in which version control keeps its own: no part of what is looked at. */
const bookkeeping: ReadonlySet<string> = new Set(['.git', '.hg', '.svn']);
/** Folders that hold what tools put there, whatever `.gitignore` says. */
const never: ReadonlySet<string> = new Set([...bookkeeping, 'node_modules']);

/** One name in a folder, as the system tells of it: links are not followed. */
export interface Entry {
  isDirectory(): boolean;
  isFile(): boolean;
  isSymbolicLink(): boolean;
}

/** Folders and files as some system has them. Paths are relative to the root, with forward slashes. */
export interface Tree {
  /** What a folder holds, by name; `undefined` for one that may not be read. The path of a folder ends with a slash, the root's is empty. */
  entries(folder: string): readonly (Entry & { readonly name: string })[] | undefined;
  /** What is at a path. */
  entry(path: string): Entry | undefined;
  /** Whether a file or link leads to an ordinary file below the root. */
  leadsInside(path: string): boolean;
  read(path: string): Content;
}

/** The files of a tree, without those that `.gitignore` names. Links to folders, and to anything outside the root, are not followed. */
export function filesOf(tree: Tree): Files {
  return { list: (excluded, below, passed) => walk(tree, excluded, below, passed), read: (path) => tree.read(path), holds: (path, excluded) => holds(tree, path, excluded) };
}

interface Folder {
  /** From the root, with a slash at the end; empty for the root itself. */
  readonly path: string;
  readonly ignoring: readonly Ignoring[];
}

/** The patterns of one `.gitignore`, for the paths below `base`. */
interface Ignoring {
  readonly base: string;
  says(path: string): Ignored;
}

function* walk(
  tree: Tree,
  excluded: (path: string) => boolean,
  below?: string,
  passed: (unread: Unread) => void = () => {},
): Iterable<Listed> {
  let start: Folder = { path: '', ignoring: [] };
  for (const name of below?.split('/') ?? []) {
    const ignoring = withPatterns(tree, start);
    if (!ignoring) return;
    start = { path: `${start.path}${name}/`, ignoring };
  }
  const folders: Folder[] = [start];
  for (let folder = folders.pop(); folder; folder = folders.pop()) {
    const entries = tree.entries(folder.path);
    if (!entries) {
      passed({ path: folder.path, reason: 'not allowed', because: isMisspelled(folder.path) ? misspelled : 'the folder may not be read' });
      continue;
    }
    const ignoring = entries.some(({ name }) => name === '.gitignore') ? withPatterns(tree, folder) : folder.ignoring;
    if (!ignoring) continue;
    const below: Folder[] = [];
    for (const entry of entries) {
      const isFolder = entry.isDirectory();
      if ((isFolder && bookkeeping.has(entry.name)) || !(isFolder || entry.isFile() || entry.isSymbolicLink())) continue;
      const path = folder.path + entry.name;
      const whole = isFolder ? `${path}/` : path;
      const left = leftOut(entry, path, whole, ignoring, excluded);
      if (left) passed(left);
      else if (isFolder) below.push({ path: whole, ignoring });
      else if (entry.isFile() || tree.leadsInside(path)) yield { path, link: entry.isSymbolicLink() };
      else passed({ path, reason: 'not allowed', because: 'it is a link to a folder, to nothing, or out of the workspace' });
    }
    folders.push(...below.reverse());
  }
}

/** What is said of a file or folder that is not looked at; nothing where it is. `whole` is its path with the slash of a folder. */
function leftOut(
  entry: Entry & { readonly name: string },
  path: string,
  whole: string,
  ignoring: readonly Ignoring[],
  excluded: (path: string) => boolean,
): Unread | undefined {
  const by = (because: string): Unread => ({ path: whole, reason: 'excluded', because });
  if (entry.isDirectory() && never.has(entry.name)) return by('it holds what tools put there');
  if (isIgnored(whole, ignoring)) return by('.gitignore names it');
  return excluded(path) ? unread(whole, 'left out') : undefined;
}

function holds(tree: Tree, path: string, excluded: (path: string) => boolean): 'file' | 'link' | 'folder' | undefined {
  try {
    return kindOf(tree, path, excluded);
  } catch {
    // A name the system refuses, or a folder that may not be entered.
    return undefined;
  }
}

function kindOf(tree: Tree, path: string, excluded: (path: string) => boolean): 'file' | 'link' | 'folder' | undefined {
  const names = path.split('/');
  if (names.some((name) => name === '' || name === '..' || never.has(name))) return undefined;
  let folder: Folder = { path: '', ignoring: [] };
  for (const [i, name] of names.entries()) {
    const ignoring = withPatterns(tree, folder);
    if (!ignoring) return undefined;
    folder = { ...folder, ignoring };
    const here = folder.path + name;
    const entry = tree.entry(here);
    if (!entry || isIgnored(entry.isDirectory() ? `${here}/` : here, folder.ignoring) || excluded(here)) return undefined;
    if (i === names.length - 1) {
      if (entry.isDirectory()) return 'folder';
      return !tree.leadsInside(here) ? undefined : entry.isSymbolicLink() ? 'link' : 'file';
    }
    if (!entry.isDirectory()) return undefined;
    folder = { path: `${here}/`, ignoring: folder.ignoring };
  }
  return undefined;
}

/** Nothing while it is not known what is ignored: such a folder is not entered. */
function withPatterns(tree: Tree, folder: Folder): readonly Ignoring[] | undefined {
  const content = tree.read(`${folder.path}.gitignore`);
  if (content === 'pending') return undefined;
  if (typeof content === 'string') return folder.ignoring;
  return [...folder.ignoring, { base: folder.path, says: patternsOf(content.text) }];
}

/** The nearest `.gitignore` that mentions a path decides. */
function isIgnored(path: string, ignoring: readonly Ignoring[]): boolean {
  for (let i = ignoring.length - 1; i >= 0; i--) {
    const { base, says } = ignoring[i]!;
    const said = says(path.slice(base.length));
    if (said !== undefined) return said === 'ignored';
  }
  return false;
}
