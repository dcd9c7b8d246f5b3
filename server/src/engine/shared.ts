import type { Analysis, Surroundings } from './analysis.js';

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

/** What the files that match a glob state, whatever that is: words, with the files that state each. */
export interface Stated {
  /** The paths of those that state a word, in order; one that states it twice stands there twice. */
  readonly by: ReadonlyMap<string, readonly string[]>;
  /** The first file that has not been read; `unlisted` while nobody knows which files there are. */
  readonly pending?: { readonly path: string } | 'unlisted';
}

/**
 * Declares what the files that match a glob state. Each is read once, and again when its text has changed, so that among
 * thousands of files one can ask what the others say.
 */
export function statedIn(name: string, read: (text: string) => Iterable<string>): Shared<Stated> {
  const ofFile = shared<readonly string[] | 'absent' | 'pending'>(`${name} in a file`, (path, surroundings) => {
    const opened = surroundings.open(path);
    return typeof opened === 'object' ? [...read(opened.text)] : opened;
  });
  return {
    name,
    answer: (glob, surroundings) => {
      const paths = surroundings.match(glob);
      if (paths === 'pending') return { by: new Map(), pending: 'unlisted' };
      const said = paths.map((path) => ({ path, words: surroundings.shared(ofFile, path) }));
      const pending = said.find(({ words }) => words === 'pending');
      const by = new Map<string, string[]>();
      for (const { path, words } of said) {
        for (const word of typeof words === 'string' ? [] : words) {
          const paths = by.get(word);
          if (paths) paths.push(path);
          else by.set(word, [path]);
        }
      }
      return { by, ...(pending && { pending: { path: pending.path } }) };
    },
    same: (before, now) => unread(before, '') === unread(now, '') && before.by.size === now.by.size
      && [...before.by].every(([word, paths]) => now.by.get(word)?.join('\0') === paths.join('\0')),
  };
}

/** The first file other than the one that asks which states a word. */
export function statedBy({ by }: Stated, word: string, { path }: Analysis): string | undefined {
  return by.get(word)?.find((one) => one !== path);
}

/** Who may state more than is known, in words: a file by its path, or `another` while nobody knows which files there are. */
export function unread({ pending }: Stated, another: string): string | undefined {
  return pending === 'unlisted' ? another : pending?.path;
}
