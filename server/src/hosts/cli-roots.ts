import { withoutTail } from '#engine/text.js';
import { accessSync, constants, existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { configurationFile } from '#configuration/configuration.js';
import { matcherOf, problemOfGlob } from '#configuration/globs.js';
import { UsageError } from './cli-options.js';

/** A workspace to scan, and which of its files were asked for. */
export interface ScanRoot {
  /** Absolute, and real: no symbolic link is in it. */
  readonly folder: string;
  wanted(path: string): boolean;
}

/** The paths of one command line: the workspaces, and the folder that every path in the report is relative to. */
export interface ScanRoots {
  readonly base: string;
  readonly roots: readonly ScanRoot[];
  /** Each path as it was given, and where it is. */
  readonly places: readonly { readonly given: string; readonly place: string }[];
}

/** Finds the workspaces that the paths of a command line mean. */
export function scanRoots(cwd: string, paths: readonly string[], glob: string | undefined): ScanRoots {
  const home = realpathSync.native(cwd);
  const named = paths.map((given) => ({ given, place: existing(resolve(cwd, given), given) }));
  const places = [...new Set(named.map(({ place }) => place))];
  const inside = places.every((place) => place === home || isBelow(place, home));
  const base = inside ? home : commonFolder(places.map((place) => (isFolder(place) ? place : dirname(place))));
  if (glob !== undefined) return { base, places: named, roots: places.flatMap((place) => foldersOf(place, glob)) };
  const byFolder = new Map<string, string[]>();
  for (const place of places) {
    const folder = rootOf(place);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), slashed(relative(folder, place))]);
  }
  // A workspace inside another that was asked for whole is read as part of it, so that no file is reported twice.
  const whole = [...byFolder].filter(([, wanted]) => wanted.includes('')).map(([folder]) => folder);
  return {
    base,
    places: named,
    roots: [...byFolder]
      .filter(([folder]) => !whole.some((other) => isBelow(folder, other)))
      .map(([folder, wanted]) => ({
        folder,
        wanted: (path) => wanted.some((below) => below === '' || path === below || path.startsWith(`${below}/`)),
      })),
  };
}

/** The nearest folder with a configuration, as far up as the repository reaches; else the folder itself or the file's. */
export function rootOf(place: string): string {
  const start = isFolder(place) ? place : dirname(place);
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, configurationFile))) return folder;
    if (existsSync(join(folder, '.git'))) return isFolder(place) ? start : folder;
    if (dirname(folder) === folder) return start;
  }
}

function existing(place: string, given: string): string {
  try {
    const real = realpathSync.native(place);
    accessSync(real, isFolder(real) ? constants.R_OK | constants.X_OK : constants.R_OK);
    return real;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM') throw new UsageError(`\`${given}\` may not be read; check its permissions`);
    throw new UsageError(`There is no file or folder \`${given}\``);
  }
}

/** The folders below a place that match a pattern with one name for each level. */
function foldersOf(place: string, glob: string): readonly ScanRoot[] {
  const pattern = withoutTail(glob.replace(/^\.?\//, ''), '/');
  const problem = problemOfGlob(pattern) ?? (pattern.includes('**') ? '`**` would put workspaces inside workspaces; write one `*` for each level' : undefined);
  if (problem) throw new UsageError(`--roots: ${problem}`);
  if (!isFolder(place)) throw new UsageError('--roots takes folders as PATH, not files');
  let folders = [''];
  for (const name of pattern.split('/')) {
    const matches = matcherOf([name]);
    folders = folders.flatMap((folder) =>
      subfolders(join(place, folder))
        .filter((child) => matches(child))
        .map((child) => (folder ? `${folder}/${child}` : child)),
    );
  }
  if (folders.length === 0) throw new UsageError(`--roots: no folder matches \`${glob}\``);
  return folders.map((folder) => ({ folder: join(place, folder), wanted: () => true }));
}

function subfolders(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== '.git' && entry.name !== 'node_modules')
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
}

function commonFolder(folders: readonly string[]): string {
  let common = folders[0]!;
  while (!folders.every((folder) => folder === common || isBelow(folder, common))) common = dirname(common);
  return common;
}

function isBelow(place: string, folder: string): boolean {
  const way = relative(folder, place);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

const isFolder = (place: string) => statSync(place).isDirectory();

/** A path as reports write it, on every system. */
export function slashed(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}
