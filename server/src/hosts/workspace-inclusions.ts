import type { Inclusion } from '#engine/format.js';
import { globMatcher } from '#engine/glob.js';
import { folderOfGlob, type PathList } from './workspace-paths.js';

/** What one file takes in. */
interface Includer {
  readonly path: string;
  readonly format: string;
  /** Whether its own name or text says what it is, and not only that another file includes it. */
  readonly own: boolean;
  /** Its inclusions as text, to see whether an edit changed any. */
  readonly as: string;
  readonly inclusions: readonly Inclusion[];
}

/** One candidate of an inclusion, with those that go before it. */
interface Place {
  readonly includer: Includer;
  readonly before: readonly string[];
}

/** How far up includes are followed to a file that is of a format by itself. */
const furthest = 32;
/** How many files are looked at to find one above. */
const most = 64;

/**
 * Which files take which others in as parts of theirs. Putting costs what the file includes, and asking what stands above the
 * path asked for; neither walks the workspace.
 */
export class Inclusions {
  readonly #paths: PathList;
  readonly #includers = new Map<string, Includer>();
  readonly #places = new Map<string, Map<string, Place>>();
  /** Globs by the folder that all their matches lie in. */
  readonly #globs = new Map<string, Map<string, (path: string) => boolean>>();

  /** Files that are of a format only because others include them, and those among them that nobody has taken yet. */
  readonly #adopted = new Set<string>();
  #untaken = new Set<string>();

  constructor(paths: PathList) {
    this.#paths = paths;
  }

  /** Replaces what a file includes. @returns the files that it takes in now or took in until now, where anything is different */
  put(path: string, of: { readonly format: string; readonly own: boolean; readonly inclusions: readonly Inclusion[] } | undefined): readonly string[] {
    const before = this.#includers.get(path);
    const inclusions = (of?.inclusions ?? []).map((candidates) => candidates.map(oneFolder));
    const as = inclusions.length === 0 ? '' : JSON.stringify(inclusions);
    if ((before?.as ?? '') === as && before?.format === (as === '' ? undefined : of?.format) && before?.own === (as === '' ? undefined : of?.own)) return [];
    const changed = new Set<string>();
    if (before) {
      for (const file of this.#takenInBy(before)) changed.add(file);
      this.#remove(before);
    }
    if (of && as !== '') {
      const now: Includer = { path, format: of.format, own: of.own, as, inclusions };
      this.#add(now);
      for (const file of this.#takenInBy(now)) changed.add(file);
    }
    return [...changed];
  }

  /** The format of a file that others include, in the order of the names of formats where they are of several. */
  formatOf(path: string): string | undefined {
    let found: string | undefined;
    const seen = new Set([path]);
    let row: readonly string[] = [path];
    for (let depth = 0; depth < furthest && found === undefined && row.length > 0; depth++) {
      const next: string[] = [];
      for (const at of row) {
        for (const { path: by, format, own } of this.#above(at)) {
          if (own) {
            if (found === undefined || format < found) found = format;
            // The file may have thousands of includers, and they are of one format almost always.
            break;
          }
          if (!seen.has(by)) seen.add(by), next.push(by);
        }
      }
      row = next;
    }
    return found;
  }

  /** The files that take a file in, in the order of their paths. */
  of(path: string): readonly string[] {
    return [...new Set([...this.#above(path)].map((includer) => includer.path))].sort();
  }

  /** The first few of them, to be named with the file. */
  firstOf(path: string): readonly string[] {
    return this.of(path).slice(0, 8);
  }

  /** Whether some file that takes a file in, directly or through others, is such a one. Gives up where they are very many. */
  leadTo(path: string, isOne: (includer: string) => boolean): boolean {
    const seen = new Set([path]);
    for (const at of seen) {
      for (const { path: by } of this.#above(at)) {
        if (isOne(by)) return true;
        if (seen.size < most) seen.add(by);
      }
    }
    return false;
  }

  /** The files that a file takes in, as far as the workspace has them. */
  takenInBy(path: string): readonly string[] {
    const includer = this.#includers.get(path);
    return includer ? [...this.#takenInBy(includer)] : [];
  }

  /** All files that some other takes in. */
  *all(): Iterable<string> {
    for (const includer of this.#includers.values()) yield* this.#takenInBy(includer);
  }

  /** A file of this name came or went: the files whose includers may be others now. */
  around(path: string): readonly string[] {
    const found = new Set<string>();
    for (const candidate of this.#candidates(path)) {
      for (const { includer } of this.#places.get(candidate)!.values()) {
        if (includer.path === path) continue;
        found.add(path);
        // A candidate that comes first takes the place of those behind it.
        for (const inclusion of includer.inclusions) {
          const at = inclusion.indexOf(candidate);
          if (at >= 0) for (const later of inclusion.slice(at + 1)) for (const file of this.#at(later)) found.add(file);
        }
      }
    }
    return [...found];
  }

  /** Notes whether a file is of a format only because others include it. @returns whether what it tells may be different now */
  adopt(path: string, unclaimed: boolean): boolean {
    if (!unclaimed || this.formatOf(path) === undefined) this.#adopted.delete(path);
    else this.#adopted.add(path), this.#untaken.add(path);
    return unclaimed;
  }

  isAdopted(path: string): boolean {
    return this.#adopted.has(path);
  }

  /** The adopted files since this was last called. */
  takeAdopted(): ReadonlySet<string> {
    const taken = this.#untaken;
    this.#untaken = new Set();
    return taken;
  }

  clear(): void {
    this.#adopted.clear();
    this.#includers.clear();
    this.#places.clear();
    this.#globs.clear();
  }

  *#above(path: string): Iterable<Includer> {
    for (const candidate of this.#candidates(path)) {
      for (const { includer, before } of this.#places.get(candidate)!.values()) {
        if (includer.path !== path && !before.some((earlier) => this.#isThere(earlier))) yield includer;
      }
    }
  }

  *#takenInBy({ path, inclusions }: Includer): Iterable<string> {
    for (const inclusion of inclusions) {
      const first = inclusion.find((candidate) => this.#isThere(candidate));
      if (first !== undefined) for (const file of this.#at(first)) if (file !== path) yield file;
    }
  }

  /** The candidates some inclusion has that a path is, or matches. */
  *#candidates(path: string): Iterable<string> {
    if (this.#places.has(path)) yield path;
    for (let end = path.lastIndexOf('/') + 1; ; end = path.lastIndexOf('/', end - 2) + 1) {
      for (const [glob, matches] of this.#globs.get(path.slice(0, end)) ?? []) if (matches(path)) yield glob;
      if (end < 2) return;
    }
  }

  #isThere(candidate: string): boolean {
    return this.#at(candidate).length > 0;
  }

  #at(candidate: string): readonly string[] {
    return isGlob(candidate) ? this.#paths.matching(candidate) : this.#paths.has(candidate) ? [candidate] : [];
  }

  #add(includer: Includer): void {
    this.#includers.set(includer.path, includer);
    for (const inclusion of includer.inclusions) {
      for (const [i, candidate] of inclusion.entries()) {
        let places = this.#places.get(candidate);
        if (!places) this.#places.set(candidate, (places = new Map()));
        places.set(includer.path, { includer, before: inclusion.slice(0, i) });
        if (!isGlob(candidate)) continue;
        const folder = folderOfGlob(candidate);
        let globs = this.#globs.get(folder);
        if (!globs) this.#globs.set(folder, (globs = new Map()));
        if (!globs.has(candidate)) globs.set(candidate, globMatcher(candidate));
      }
    }
  }

  #remove({ path, inclusions }: Includer): void {
    this.#includers.delete(path);
    for (const candidate of inclusions.flat()) {
      const places = this.#places.get(candidate);
      if (!places?.delete(path) || places.size > 0) continue;
      this.#places.delete(candidate);
      const globs = isGlob(candidate) ? this.#globs.get(folderOfGlob(candidate)) : undefined;
      if (globs?.delete(candidate) && globs.size === 0) this.#globs.delete(folderOfGlob(candidate));
    }
  }
}

const isGlob = (candidate: string) => /[*?[\]{}()!]/.test(candidate);

/** No program lets `**` reach into folders where it names what it includes. */
const oneFolder = (candidate: string) => candidate.replace(/\*{2,}/g, '*');
