import { globMatcher } from '#engine/glob.js';
import type { Listed } from './workspace-files.js';

/** The paths of a workspace in order, so that those of one folder are found without looking at the others. */
export class PathList {
  #sorted: string[] = [];
  #links = new Map<string, boolean>();
  readonly #matches = new Map<string, { readonly matches: (path: string) => boolean; readonly paths: readonly string[] }>();

  replace(files: readonly Listed[]): void {
    this.#matches.clear();
    this.#links = new Map(files.map(({ path, link }) => [path, link]));
    this.#sorted = [...this.#links.keys()].sort();
  }

  has(path: string): boolean {
    return this.#links.has(path);
  }

  /** Whether the path was not there before. */
  add(path: string, link: boolean): boolean {
    const isNew = !this.#links.has(path);
    this.#links.set(path, link);
    if (!isNew) return false;
    this.#sorted.splice(this.#place(path), 0, path);
    this.#forgetMatches(path);
    return true;
  }

  remove(path: string): void {
    if (!this.#links.delete(path)) return;
    this.#sorted.splice(this.#place(path), 1);
    this.#forgetMatches(path);
  }

  /** The paths that match a glob, in order. The answer is kept until a file of such a name comes or goes. */
  matching(glob: string): readonly string[] {
    let found = this.#matches.get(glob);
    if (!found) {
      // As a shell does for a product's `conf.d/*.conf`: hidden files are left out.
      const matches = globMatcher(glob);
      this.#matches.set(glob, (found = { matches, paths: this.below(folderOfGlob(glob)).filter(matches) }));
    }
    return found.paths;
  }

  /** The paths that begin with a text, in order. */
  below(prefix: string): readonly string[] {
    const from = this.#place(prefix);
    let to = from;
    while (to < this.#sorted.length && this.#sorted[to]!.startsWith(prefix)) to++;
    return this.#sorted.slice(from, to);
  }

  /** The paths of files that are not another name for one of the others. */
  files(): readonly string[] {
    return this.#sorted.filter((path) => !this.#links.get(path));
  }

  #forgetMatches(path: string): void {
    for (const [glob, { matches }] of this.#matches) if (matches(path)) this.#matches.delete(glob);
  }

  /** The index of the first path that is not before this one. */
  #place(path: string): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sorted[middle]! < path) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The folder all matches of a glob lie in, with a slash at the end; empty where it may be any. */
export function folderOfGlob(glob: string): string {
  const magic = glob.search(/[*?[\]{}\\]/);
  const fixed = magic < 0 ? glob : glob.slice(0, magic);
  return fixed.slice(0, fixed.lastIndexOf('/') + 1);
}
