import { closeSync, fstatSync, lstatSync, openSync, readdirSync, readFileSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { join, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { decode, largestFile, type Content, type Files, type Listed } from './workspace-files.js';

/** Folders that hold what tools put there, whatever `.gitignore` says. */
const never: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', 'node_modules']);

/** The files below a folder of the disk. Symbolic links to folders, and to anything outside the root, are not followed. */
export function filesOnDisk(root: string): Files {
  return { list: (excluded, below) => walk(root, excluded, below), read: (path) => read(root, path), holds: (path, excluded) => holds(root, path, excluded) };
}

interface Folder {
  /** From the root, with a slash at the end; empty for the root itself. */
  readonly path: string;
  readonly ignoring: readonly Ignoring[];
}

/** The patterns of one `.gitignore`, for the paths below `base`. */
interface Ignoring {
  readonly base: string;
  readonly patterns: Ignore;
}

function* walk(root: string, excluded: (path: string) => boolean, below?: string): Iterable<Listed> {
  let start: Folder = { path: '', ignoring: [] };
  for (const name of below?.split('/') ?? []) start = { path: `${start.path}${name}/`, ignoring: withPatterns(root, start) };
  const folders: Folder[] = [start];
  for (let folder = folders.pop(); folder; folder = folders.pop()) {
    const entries = entriesOf(join(root, folder.path));
    const ignoring = entries.some(({ name }) => name === '.gitignore') ? withPatterns(root, folder) : folder.ignoring;
    const below: Folder[] = [];
    for (const entry of entries) {
      const path = folder.path + entry.name;
      if (entry.isDirectory()) {
        if (!never.has(entry.name) && !isIgnored(`${path}/`, ignoring) && !excluded(path)) below.push({ path: `${path}/`, ignoring });
      } else if (entry.isFile() || entry.isSymbolicLink()) {
        if (isIgnored(path, ignoring) || excluded(path)) continue;
        if (entry.isFile() || insideOf(root, path) !== undefined) yield { path, link: entry.isSymbolicLink() };
      }
    }
    folders.push(...below.reverse());
  }
}

function holds(root: string, path: string, excluded: (path: string) => boolean): 'file' | 'link' | 'folder' | undefined {
  try {
    return kindOf(root, path, excluded);
  } catch {
    // A name the system refuses, or a folder that may not be entered.
    return undefined;
  }
}

function kindOf(root: string, path: string, excluded: (path: string) => boolean): 'file' | 'link' | 'folder' | undefined {
  const names = path.split('/');
  if (names.some((name) => name === '' || name === '..' || never.has(name))) return undefined;
  let folder: Folder = { path: '', ignoring: [] };
  for (const [i, name] of names.entries()) {
    folder = { ...folder, ignoring: withPatterns(root, folder) };
    const here = folder.path + name;
    const entry = lstatSync(join(root, here), { throwIfNoEntry: false });
    if (!entry || isIgnored(entry.isDirectory() ? `${here}/` : here, folder.ignoring) || excluded(here)) return undefined;
    if (i === names.length - 1) {
      if (entry.isDirectory()) return 'folder';
      return insideOf(root, here) === undefined ? undefined : entry.isSymbolicLink() ? 'link' : 'file';
    }
    if (!entry.isDirectory()) return undefined;
    folder = { path: `${here}/`, ignoring: folder.ignoring };
  }
  return undefined;
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // A folder that may not be read, or is gone since its parent was listed, holds nothing for us.
    return [];
  }
}

function withPatterns(root: string, folder: Folder): readonly Ignoring[] {
  const content = read(root, `${folder.path}.gitignore`);
  if (typeof content === 'string') return folder.ignoring;
  return [...folder.ignoring, { base: folder.path, patterns: ignore().add(content.text) }];
}

/** The nearest `.gitignore` that mentions a path decides. */
function isIgnored(path: string, ignoring: readonly Ignoring[]): boolean {
  for (let i = ignoring.length - 1; i >= 0; i--) {
    const { base, patterns } = ignoring[i]!;
    const { ignored, unignored } = patterns.test(path.slice(base.length));
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
}

/** The real place of a file, if that is an ordinary file below the root. */
function insideOf(root: string, path: string): string | undefined {
  try {
    const real = realpathSync.native(join(root, path));
    const home = realpathSync.native(root);
    if (!real.startsWith(home.endsWith(sep) ? home : home + sep)) return undefined;
    return statSync(real).isFile() ? real : undefined;
  } catch {
    return undefined;
  }
}

function read(root: string, path: string): Content {
  if (path === '' || path.includes('\0') || path.startsWith('/') || path.split('/').includes('..')) return 'missing';
  const real = insideOf(root, path);
  if (real === undefined) return 'missing';
  let file: number | undefined;
  try {
    file = openSync(real, 'r');
    return fstatSync(file).size > largestFile ? 'too large' : decode(readFileSync(file));
  } catch {
    return 'missing';
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
