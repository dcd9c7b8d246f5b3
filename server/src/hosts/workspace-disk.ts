import { closeSync, fstatSync, lstatSync, openSync, readdirSync, readFileSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { join, sep } from 'node:path';
import { decode, isMisspelled, largestFile, type Content, type Files } from './workspace-files.js';
import { filesOf } from './workspace-tree.js';

/** The files below a folder of the disk. Symbolic links to folders, and to anything outside the root, are not followed. */
export function filesOnDisk(root: string): Files {
  return filesOf({
    entries: (folder) => entriesOf(join(root, folder)),
    entry: (path) => lstatSync(join(root, path), { throwIfNoEntry: false }),
    leadsInside: (path) => insideOf(root, path) !== undefined,
    read: (path) => read(root, path),
  });
}

function entriesOf(folder: string): readonly Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    // A folder that is gone since its parent was listed holds nothing; one whose name was not understood is still there.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' && !isMisspelled(folder) ? [] : undefined;
  }
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
