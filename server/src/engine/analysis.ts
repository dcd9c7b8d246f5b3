import type { Concept, Fact, Fields } from './concept.js';
import type { ExportKind, Format } from './format.js';
import type { Query } from './query.js';
import { templateIn } from './template.js';
import type { Shared } from './shared.js';

/**
 * One parsed file, ready to be asked questions. Answers are remembered, so that asking twice costs nothing; an
 * analysis is therefore valid only while the text and its surroundings stay as they are.
 */
export interface Analysis<Tree = unknown> {
  readonly format: string;
  /** Path from the root of the workspace, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly tree: Tree;
  readonly surroundings: Surroundings;
  facts<T, About>(concept: Concept<T, About>): readonly (Fact & About & Fields<T>)[];
  /** The answer of a query, computed the first time it is asked. */
  once<T>(query: Query<T>, select: () => readonly T[]): readonly T[];
  /** What was found in the parts of this file when it was last judged, before or after the latest edit. */
  readonly memory: Memory;
  /** Why what this file leaves out may be stated elsewhere, as a clause: then no default of its product is known to hold. */
  readonly elsewhere?: string | undefined;
}

/** Outlives an edit: what one judgement of a file leaves for the next. Written by the one who judges, and by nobody else. */
export interface Memory {
  parts?: unknown;
  embedded?: unknown;
}

/** What a file may ask about the other files of its workspace. Asking is recorded, so that a change reaches the asker. */
export interface Surroundings {
  /**
   * The file at a path from the root. `absent` means that the workspace has no such file; `pending` that the host
   * has not loaded it yet and will lint again when it has.
   */
  open(path: string): Opened | 'absent' | 'pending';
  /** The paths that match a glob from the root, sorted; `pending` while the workspace is still being listed. */
  match(glob: string): readonly string[] | 'pending';
  /** The files that take this one in as a part of theirs, sorted; `pending` while some file of the workspace has not been read. */
  includers(): readonly string[] | 'pending';
  /** Whether the file begins with a byte order mark, which its text here is without. Unknown is no. */
  marked(): boolean;
  /** What files told under a key. `complete` is false while some file of the workspace has not been read. */
  exported<T>(kind: ExportKind<T>, key: string): { readonly items: readonly { readonly path: string; readonly value: T }[]; readonly complete: boolean };
  /** An answer that many files share, worked out once for all of them while nothing changes that it rests on. */
  shared<T>(what: Shared<T>, key: string): T;
}

/** Another file as a format sees it: its text, to be parsed by the one who asks. */
export interface Opened {
  readonly path: string;
  readonly text: string;
}

/** The surroundings of a file that stands alone: there is nothing else, and nobody knows whether there should be. */
export const alone: Surroundings = {
  open: () => 'pending',
  match: () => 'pending',
  includers: () => 'pending',
  marked: () => false,
  exported: () => ({ items: [], complete: false }),
  shared: (what, key) => what.answer(key, alone),
};

/** Parses a file and makes it ready to be asked. `previous` lets a notation reuse what an edit left alone. */
export function analyse<Tree>(name: string, format: Format<Tree>, path: string, text: string, surroundings: Surroundings = alone, previous?: Analysis): Analysis<Tree> {
  const tree = format.parse(templateIn(path, text)?.text ?? text, previous?.format === name ? (previous.tree as Tree) : undefined);
  return ready(name, format, path, text, tree, surroundings, previous?.format === name ? previous.memory : {});
}

/** The same tree, to be asked afresh because its surroundings changed. */
export function reconsider<Tree>(format: Format<Tree>, analysis: Analysis<Tree>, surroundings: Surroundings): Analysis<Tree> {
  return ready(analysis.format, format, analysis.path, analysis.text, analysis.tree, surroundings, analysis.memory);
}

/** A tree that was read already, ready to be asked. */
export function ready<Tree>(
  name: string, format: Format<Tree>, path: string, text: string, tree: Tree, surroundings: Surroundings, memory: Memory, elsewhere?: string,
): Analysis<Tree> {
  const answers = new Map<unknown, readonly unknown[]>();
  const remember = <T>(key: unknown, compute: () => readonly T[]): readonly T[] => {
    let answer = answers.get(key) as readonly T[] | undefined;
    if (!answer) answers.set(key, (answer = compute()));
    return answer;
  };
  const self: Analysis<Tree> = {
    format: name,
    path,
    text,
    tree: format.amid ? format.amid(tree, path, surroundings) : tree,
    surroundings,
    memory,
    get elsewhere() {
      return elsewhere ?? format.elsewhere?.(path, surroundings);
    },
    facts: (concept) => remember(concept, () => format.facts.filter((l) => l.concept === concept).flatMap((l) => l.lower(self.tree, self))),
    once: remember,
  };
  return self;
}
