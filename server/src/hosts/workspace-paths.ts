import type { Listed } from './workspace-files.js';

/** The paths of a workspace in order, so that those of one folder are found without looking at the others. */
export class PathList {
  #sorted: string[] = [];
  #links = new Map<string, boolean>();

  replace(files: readonly Listed[]): void {
    this.#links = new Map(files.map(({ path, link }) => [path, link]));
    this.#sorted = [...this.#links.keys()].sort();
  }

  has(path: string): boolean {
    return this.#links.has(path);
  }

  isLink(path: string): boolean {
    return this.#links.get(path) ?? false;
  }

  add(path: string, link: boolean): void {
    if (!this.#links.has(path)) this.#sorted.splice(this.#place(path), 0, path);
    this.#links.set(path, link);
  }

  remove(path: string): void {
    if (this.#links.delete(path)) this.#sorted.splice(this.#place(path), 1);
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
