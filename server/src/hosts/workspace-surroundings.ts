import type { Surroundings } from '#engine/analysis.js';
import type { ExportIndex } from './workspace-exports.js';
import type { Inclusions } from './workspace-inclusions.js';
import type { PathList } from './workspace-paths.js';
import type { Questions } from './workspace-questions.js';
import type { SharedAnswers } from './workspace-shared.js';
import type { Texts } from './workspace-texts.js';

/** What a workspace knows of its files. */
export interface Known {
  /** Their texts count instead of those of files. */
  readonly documents: ReadonlyMap<string, { readonly text: string }>;
  readonly texts: Texts;
  readonly paths: PathList;
  readonly exports: ExportIndex;
  readonly inclusions: Inclusions;
  readonly questions: Questions;
  readonly shared: SharedAnswers;
  /** Whether all paths are known. */
  listed(): boolean;
  /** Whether every file has told what it tells others. */
  indexed(): boolean;
  /** Whether nothing that could be told is missing. */
  complete(): boolean;
}

/** What one file may ask of the others; what it asks is noted. */
export function surroundingsOf(asker: string, known: Known): Surroundings {
  const { documents, texts, paths, exports, inclusions, questions, shared, listed, indexed, complete } = known;
  return {
    open: (path) => {
      questions.opened(asker, path);
      const content = documents.get(path) ?? texts.read(path);
      if (content === 'missing') return 'absent';
      if (content === 'pending') questions.waits(asker);
      return typeof content === 'string' ? 'pending' : { path, text: content.text };
    },
    match: (glob) => {
      questions.matched(asker, glob);
      if (listed()) return paths.matching(glob);
      questions.waits(asker);
      return 'pending';
    },
    includers: () => {
      if (indexed()) return inclusions.of(asker);
      questions.waits(asker);
      return 'pending';
    },
    marked: () => {
      questions.opened(asker, asker);
      const content = texts.read(asker);
      if (content === 'pending') questions.waits(asker);
      return typeof content === 'object' && content.encoding !== 'utf-8' && content.encoding !== 'latin1';
    },
    exported: (kind, key) => {
      questions.exported(asker, kind, key);
      if (!indexed()) questions.waits(asker);
      return { items: exports.ask(kind, key) as readonly { path: string; value: never }[], complete: complete() };
    },
    shared: (what, key) => shared.ask(asker, what, key),
  };
}
