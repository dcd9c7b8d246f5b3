import type { Shared } from '#engine/shared.js';
import type { Surroundings } from '#engine/analysis.js';
import type { Questions } from './workspace-questions.js';

/** One answer that is kept, as somebody who asks and is asked. */
interface Kept {
  readonly what: Shared<unknown>;
  readonly key: string;
  /** How it is called where it asks. */
  readonly asker: string;
  value: unknown;
  /** `doubted`: what it asked may be another now; `stale`: something it asked is another now. */
  state: 'new' | 'sure' | 'doubted' | 'stale' | 'busy';
  /** The kept answers that made it doubted. */
  readonly doubts: Set<Kept>;
}

/** Begins the names of kept answers among those who ask; no path begins like this. */
const mark = '\0';

/** Whether one who asks is a kept answer and no file. */
export function isShared(asker: string): boolean {
  return asker.startsWith(mark);
}

/**
 * The answers that files share. A change marks what rests on it, which costs the answers marked; they are worked out
 * again when somebody asks or wants to know whom the change reaches, and reach others only if they say something else.
 */
export class SharedAnswers {
  readonly #questions: Questions;
  readonly #surroundingsOf: (asker: string) => Surroundings;
  readonly #affect: (askers: Iterable<string>) => void;
  readonly #kept = new Map<string, Kept>();
  readonly #numbers = new Map<Shared<unknown>, number>();
  /** Those that are not sure. */
  readonly #open = new Set<Kept>();

  /** @param affect called with the files an answer reaches that says something else */
  constructor(
    questions: Questions, surroundingsOf: (asker: string) => Surroundings, affect: (askers: Iterable<string>) => void,
  ) {
    this.#questions = questions;
    this.#surroundingsOf = surroundingsOf;
    this.#affect = affect;
  }

  ask<T>(asker: string, what: Shared<T>, key: string): T {
    const kept = this.#keptOf(what as Shared<unknown>, key);
    this.#settle(kept);
    this.#questions.shared(asker, kept.asker);
    if (this.#questions.isWaiting(kept.asker)) this.#questions.waits(asker);
    return kept.value as T;
  }

  #keptOf(what: Shared<unknown>, key: string): Kept {
    const asker = this.#nameOf(what, key);
    let kept = this.#kept.get(asker);
    if (!kept) this.#kept.set(asker, (kept = { what, key, asker, value: undefined, state: 'new', doubts: new Set() }));
    return kept;
  }

  /** Something a kept answer asked is another now. */
  stale(asker: string): void {
    const kept = this.#kept.get(asker);
    if (kept) this.#mark(kept, 'stale');
  }

  /** Works out again what a file asked, where that is not sure, so that the file is affected if it is another now. */
  settle(asker: string): void {
    if (this.#open.size === 0) return;
    for (const kept of [...this.#open]) if (this.#questions.askedShared(asker, kept.asker)) this.#try(kept);
  }

  /** Works out again whatever is not sure; what nobody asks for any more is dropped. */
  settleAll(): void {
    for (const kept of this.#open) {
      if (this.#questions.isShared(kept.asker)) this.#try(kept);
      else this.#drop(kept);
    }
  }

  clear(): void {
    for (const kept of this.#kept.values()) this.#questions.forget(kept.asker);
    this.#kept.clear();
    this.#open.clear();
  }

  #drop(kept: Kept): void {
    this.#open.delete(kept);
    this.#kept.delete(kept.asker);
    this.#questions.forget(kept.asker);
  }

  #mark(kept: Kept, as: 'doubted' | 'stale', by?: Kept): void {
    if (kept.state === 'busy' || kept.state === 'new') return;
    if (by) kept.doubts.add(by);
    const isFirst = kept.state === 'sure';
    if (as === 'stale' || isFirst) kept.state = as;
    this.#open.add(kept);
    if (isFirst) for (const above of this.#above(kept)) this.#mark(above, 'doubted', kept);
  }

  *#above(kept: Kept): Iterable<Kept> {
    for (const asker of this.#questions.sharing(kept.asker)) {
      const above = this.#kept.get(asker);
      if (above) yield above;
    }
  }

  /** As {@link #settle}; what fails will fail those who ask, each of whom says so. */
  #try(kept: Kept): void {
    try {
      this.#settle(kept);
    } catch {
      this.#open.delete(kept);
    }
  }

  #settle(kept: Kept): void {
    if (kept.state === 'busy') throw new Error(`${kept.what.name} asks for itself`);
    if (kept.state === 'doubted') {
      // One of them marks this one stale if it says something else.
      for (const doubt of kept.doubts) if (kept.state === 'doubted') this.#settle(doubt);
    }
    const isStale = kept.state === 'stale' || kept.state === 'new';
    kept.doubts.clear();
    if (isStale) this.#answer(kept);
    kept.state = 'sure';
    this.#open.delete(kept);
  }

  #answer(kept: Kept): void {
    const { state, value: before, what } = kept;
    this.#questions.forget(kept.asker);
    kept.state = 'busy';
    try {
      kept.value = what.answer(kept.key, this.#surroundingsOf(kept.asker));
    } catch (error) {
      // Who asks fails as well, and will work it out again.
      if (state !== 'new') this.#reach(kept);
      this.#drop(kept);
      kept.state = 'stale';
      throw error;
    }
    if (state !== 'new' && !what.same(before, kept.value)) this.#reach(kept);
  }

  /** Those who asked get another answer now. */
  #reach(kept: Kept): void {
    for (const above of this.#above(kept)) this.#mark(above, 'stale');
    this.#affect(this.#questions.ofShared(kept.asker));
  }

  #nameOf(what: Shared<unknown>, key: string): string {
    let number = this.#numbers.get(what);
    if (number === undefined) this.#numbers.set(what, (number = this.#numbers.size));
    return `${mark}${number} ${key}`;
  }
}
