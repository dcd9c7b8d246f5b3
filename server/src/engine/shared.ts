import type { Surroundings } from './analysis.js';

/**
 * Something that many files ask alike of their surroundings: what the files of a folder state together, how a file that
 * many include is read. It is worked out once for all who ask, and again only when what it rests on has changed; who asked
 * is then judged again only if the answer is another.
 */
export interface Shared<T> {
  readonly name: string;
  /** Works the answer out for a key, from its surroundings alone. May ask for other shared answers, never for itself. */
  answer(key: string, surroundings: Surroundings): T;
  /** Whether two answers say the same. */
  same(before: T, now: T): boolean;
}

/** Declares a shared answer of plain data (no maps, no sets), so that two that are written alike say the same. */
export function shared<T>(name: string, answer: Shared<T>['answer']): Shared<T> {
  return { name, answer, same: (before, now) => JSON.stringify(before) === JSON.stringify(now) };
}

/** Declares a shared answer made of the text of the file at a path: each new text is another answer. */
export function sharedReading<T>(name: string, read: (text: string) => T): Shared<T | 'absent' | 'pending'> {
  return {
    name,
    answer: (path, surroundings) => {
      const opened = surroundings.open(path);
      return typeof opened === 'object' ? read(opened.text) : opened;
    },
    same: Object.is,
  };
}
