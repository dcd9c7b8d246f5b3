import { decode, largestFile, type Content, type Distance, type Files } from './workspace-files.js';
import { filesOf, type Entry, type Tree } from './workspace-tree.js';

/** Who can be asked for folders and files, all at once; paths are relative to the root. */
export interface Far {
  /** What each folder holds; nothing for one that may not be read. */
  folders(paths: readonly string[]): Promise<readonly (readonly FarEntry[] | null)[]>;
  /** The bytes of each file; nothing for one that may not be read. */
  files(paths: readonly string[], largest: number): Promise<readonly (Uint8Array | 'too large' | null)[]>;
}

export interface FarEntry {
  readonly name: string;
  /** As the system tells of it: a link is a link, wherever it leads. */
  readonly kind: 'file' | 'folder' | 'link';
}

/** How much text is kept, in UTF-16 units. */
const capacity = 16 * 1024 * 1024;
/** How many folders or files are asked for at a time. */
const portion = 64;

/**
 * The files of a root that can only be asked for and waited for, as those of an editor in a browser. Links are not
 * followed, as nobody can tell from here where they lead.
 */
export function filesFarAway(far: Far): Files {
  const tree = new DistantTree(far);
  return { ...filesOf(tree), distance: tree };
}

class Known implements Entry {
  constructor(readonly name: string, readonly kind: FarEntry['kind']) {}

  isDirectory(): boolean {
    return this.kind === 'folder';
  }

  isFile(): boolean {
    return this.kind === 'file';
  }

  isSymbolicLink(): boolean {
    return this.kind === 'link';
  }
}

/** What has arrived so far. Paths of folders end with a slash; the root's is empty. */
class DistantTree implements Tree, Distance {
  onArrival: (paths: readonly string[]) => void = () => {};
  readonly #far: Far;
  readonly #folders = new Map<string, ReadonlyMap<string, Known>>();
  readonly #contents = new Map<string, Content>();
  #length = 0;
  readonly #wantedFolders = new Set<string>();
  readonly #wantedFiles = new Set<string>();
  /** What is on its way is not asked for again. */
  readonly #coming = new Set<string>();
  readonly #fetches = new Set<Promise<void>>();
  /** What was read in vain. */
  readonly #missed = new Set<string>();
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(far: Far) {
    this.#far = far;
  }

  entries(folder: string): readonly Known[] {
    return [...(this.#folder(folder)?.values() ?? [])];
  }

  entry(path: string): Known | undefined {
    const at = this.#at(path);
    return at === 'pending' ? undefined : at;
  }

  leadsInside(path: string): boolean {
    return this.entry(path)?.isFile() ?? false;
  }

  read(path: string): Content {
    const at = this.#at(path);
    const content = at === 'pending' ? at : at?.isFile() ? this.#contents.get(path) : 'missing';
    if (content !== undefined && content !== 'pending') return content;
    this.#missed.add(path);
    if (at !== 'pending') this.#want(this.#wantedFiles, path);
    return 'pending';
  }

  async bring(): Promise<boolean> {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    const folders = taken(this.#wantedFolders);
    const files = taken(this.#wantedFiles);
    if (folders.length + files.length > 0) this.#fetch(folders, files);
    if (this.#fetches.size === 0) return false;
    await Promise.all(this.#fetches);
    return true;
  }

  changed(path: string): void {
    const folder = folderOf(path);
    if (this.#folders.has(folder)) this.#want(this.#wantedFolders, folder, true);
    if (this.#folders.has(`${path}/`)) this.#want(this.#wantedFolders, `${path}/`, true);
    if (this.#contents.has(path)) this.#want(this.#wantedFiles, path, true);
  }

  /** What is at a path, as far as the folders around it have arrived. */
  #at(path: string): Known | 'pending' | undefined {
    let folder = '';
    const names = path.split('/');
    for (const [i, name] of names.entries()) {
      const entries = this.#folder(folder);
      if (!entries) return 'pending';
      const known = entries.get(name);
      if (i === names.length - 1 || !known?.isDirectory()) return i === names.length - 1 ? known : undefined;
      folder += `${name}/`;
    }
    return undefined;
  }

  #folder(path: string): ReadonlyMap<string, Known> | undefined {
    const entries = this.#folders.get(path);
    if (!entries) this.#want(this.#wantedFolders, path);
    return entries;
  }

  /** Nobody may be waiting: what is wanted is then fetched all the same. */
  #want(wanted: Set<string>, path: string, anew = false): void {
    if (!anew && this.#coming.has(path)) return;
    wanted.add(path);
    this.#soon ??= setTimeout(() => void this.bring(), 0);
  }

  #fetch(folders: readonly string[], files: readonly string[]): void {
    for (const path of [...folders, ...files]) this.#coming.add(path);
    const fetching = Promise.all([
      ...portions(folders).map(async (some) => this.#takeFolders(some, await this.#far.folders(some).catch(() => []))),
      ...portions(files).map(async (some) => this.#takeFiles(some, await this.#far.files(some, largestFile).catch(() => []))),
    ]).then(() => {
      this.#fetches.delete(fetching);
      const arrived = [...this.#missed].filter((path) => this.read(path) !== 'pending');
      for (const path of arrived) this.#missed.delete(path);
      if (arrived.length > 0) this.onArrival(arrived);
    });
    this.#fetches.add(fetching);
  }

  #takeFolders(paths: readonly string[], answers: readonly (readonly FarEntry[] | null)[]): void {
    for (const [i, path] of paths.entries()) {
      this.#coming.delete(path);
      const entries = (answers[i] ?? []).filter(({ name }) => name !== '' && name !== '.' && name !== '..' && !/[/\\]/.test(name));
      const known = entries.map(({ name, kind }) => new Known(name, kind)).sort((a, b) => (a.name < b.name ? -1 : 1));
      const before = this.#folders.get(path);
      this.#folders.set(path, new Map(known.map((entry) => [entry.name, entry])));
      for (const { name } of before?.values() ?? []) if (!this.#folders.get(path)!.has(name)) this.#forget(path + name);
    }
  }

  #takeFiles(paths: readonly string[], answers: readonly (Uint8Array | 'too large' | null)[]): void {
    for (const [i, path] of paths.entries()) {
      this.#coming.delete(path);
      const answer = answers[i] ?? null;
      this.#drop(path);
      const content = answer === null ? 'missing' : answer === 'too large' ? answer : decode(answer);
      this.#contents.set(path, content);
      this.#length += lengthOf(content);
    }
    // The oldest go first, and what has just come stays, however much it is: somebody is about to read it.
    const fresh = new Set(paths);
    for (const path of this.#contents.keys()) {
      if (this.#length <= capacity || fresh.has(path)) break;
      this.#drop(path);
    }
  }

  /** Something is gone, with all that was below it. */
  #forget(path: string): void {
    this.#drop(path);
    for (const folder of this.#folders.keys()) if (folder.startsWith(`${path}/`)) this.#folders.delete(folder);
    for (const file of this.#contents.keys()) if (file.startsWith(`${path}/`)) this.#drop(file);
  }

  #drop(path: string): void {
    this.#length -= lengthOf(this.#contents.get(path));
    this.#contents.delete(path);
  }
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function lengthOf(content: Content | undefined): number {
  return typeof content === 'object' ? content.text.length : 0;
}

function taken(set: Set<string>): readonly string[] {
  const all = [...set];
  set.clear();
  return all;
}

function portions(paths: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(paths.length / portion) }, (_, i) => paths.slice(i * portion, (i + 1) * portion));
}
