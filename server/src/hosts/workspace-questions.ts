import type { ExportKind } from '#engine/format.js';
import { globMatcher } from '#engine/glob.js';
import { isShared } from './workspace-shared.js';

/**
 * Who asked what about other files while it was linted. A change then reaches those who asked and nobody else. All
 * methods cost what the asker asked, or the number of askers found; none walks the workspace. Who asks is a file or an
 * answer that files share; the latter are kept apart, so that they are found among thousands of files.
 */
export class Questions {
  readonly #askers = new Map<string, Set<string>>();
  readonly #sharing = new Map<string, Set<string>>();
  readonly #asked = new Map<string, Set<string>>();
  readonly #globs = new Map<string, (path: string) => boolean>();
  readonly #kinds = new Map<ExportKind<unknown>, number>();

  /** The asker is about to be linted again, or is gone. */
  forget(asker: string): void {
    const all = this.#among(asker);
    for (const question of this.#asked.get(asker) ?? []) {
      const askers = all.get(question);
      askers?.delete(asker);
      if (askers?.size !== 0) continue;
      all.delete(question);
      if (question.startsWith('match ') && !this.#isAsked(question)) this.#globs.delete(question.slice(6));
    }
    this.#asked.delete(asker);
  }

  opened(asker: string, path: string): void {
    this.#note(asker, `open ${path}`);
  }

  matched(asker: string, glob: string): void {
    this.#note(asker, `match ${glob}`);
    if (!this.#globs.has(glob)) this.#globs.set(glob, globMatcher(glob));
  }

  exported(asker: string, kind: ExportKind<unknown>, key: string): void {
    this.#note(asker, this.#name(kind, key));
  }

  shared(asker: string, name: string): void {
    this.#note(asker, name);
  }

  /** Whether a file asked for a shared answer. */
  askedShared(asker: string, name: string): boolean {
    return this.#asked.get(asker)?.has(name) ?? false;
  }

  /** Whether anybody asked for a shared answer. */
  isShared(name: string): boolean {
    return this.#isAsked(name);
  }

  /** The shared answers that asked for a shared answer. */
  *sharing(name: string): Iterable<string> {
    yield* this.#sharing.get(name) ?? [];
  }

  /** The files that asked for a shared answer. */
  *ofShared(name: string): Iterable<string> {
    yield* this.#askers.get(name) ?? [];
  }

  /** The answer was not complete: whoever got it must be asked again when the workspace has been read. */
  waits(asker: string): void {
    this.#note(asker, 'wait');
  }

  isWaiting(asker: string): boolean {
    return this.#asked.get(asker)?.has('wait') ?? false;
  }

  /** Those who opened a file. */
  *ofFile(path: string): Iterable<string> {
    yield* this.#of(`open ${path}`);
  }

  /** Those who asked for the names of files, where a file of this name came or went. */
  *ofName(path: string): Iterable<string> {
    yield* this.ofFile(path);
    for (const [glob, matches] of this.#globs) if (matches(path)) yield* this.#of(`match ${glob}`);
  }

  *ofExport(kind: ExportKind<unknown>, key: string): Iterable<string> {
    yield* this.#of(this.#name(kind, key));
  }

  *waiting(): Iterable<string> {
    yield* this.#of('wait');
  }

  #note(asker: string, question: string): void {
    add(this.#among(asker), question, asker);
    add(this.#asked, asker, question);
  }

  #among(asker: string): Map<string, Set<string>> {
    return isShared(asker) ? this.#sharing : this.#askers;
  }

  #isAsked(question: string): boolean {
    return this.#askers.has(question) || this.#sharing.has(question);
  }

  *#of(question: string): Iterable<string> {
    yield* this.#sharing.get(question) ?? [];
    yield* this.#askers.get(question) ?? [];
  }

  #name(kind: ExportKind<unknown>, key: string): string {
    let number = this.#kinds.get(kind);
    if (number === undefined) this.#kinds.set(kind, (number = this.#kinds.size));
    return `export ${number} ${key}`;
  }
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key);
  if (values) values.add(value);
  else map.set(key, new Set([value]));
}
