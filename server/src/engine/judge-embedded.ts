import { ready, type Analysis } from './analysis.js';
import type { Whole } from './concept.js';
import { outerEdits, outerSpan, surroundingsOf, type Embedded } from './embedded.js';
import { judge, overheard, type Judgement } from './judge.js';
import type { Decisions } from './lint.js';
import { headLength, matcher } from './recognise.js';
import type { Registry } from './registry.js';

/** Levels of documents inside documents that are judged. */
const deepest = 2;

/** What documents inside a file were found to say, each under its format, name and text. */
interface Judged {
  readonly registry: Registry;
  readonly decisions: Decisions;
  readonly documents: ReadonlyMap<string, Judgement>;
}

/** What the documents inside a file say, at their places in it. One whose format is not known says nothing. */
export function ofEmbedded(analysis: Analysis, registry: Registry, decisions: Decisions, only?: (rule: string) => boolean, depth = 0): readonly Judgement[] {
  const documents = embeddedIn(analysis, registry);
  if (documents.length === 0 || depth >= deepest) return [];
  const memory = analysis.memory as { embedded?: Judged };
  const before = !only && memory.embedded?.registry === registry && memory.embedded.decisions === decisions ? memory.embedded.documents : undefined;
  const judged = new Map<string, Judgement>();
  const byName = surroundingsOf(documents, analysis.surroundings, (glob, path) => matcher(glob)(path));
  const all = documents.flatMap((document) => {
    const format = document.format ?? registry.recognise(document.name, () => document.text.slice(0, headLength));
    const reader = format === undefined ? undefined : registry.formats.get(format);
    if (format === undefined || !reader) return [];
    const key = `${format}\0${document.name}\0${document.elsewhere ?? ''}\0${document.text}`;
    let said = before?.get(key);
    if (!said) {
      const { surroundings, asked } = overheard(byName);
      try {
        const inner = ready(format, reader, document.name, document.text, reader.parse(document.text) as unknown, surroundings, {}, document.elsewhere);
        said = judge(inner, registry, decisions, only, depth + 1);
      } catch {
        // A document that cannot be read by itself is no fault of the file that holds it.
        return [];
      }
      if (!asked()) judged.set(key, said);
    } else judged.set(key, said);
    return [placed(said, document, analysis.text)];
  });
  if (!only) memory.embedded = { registry, decisions, documents: judged };
  return all;
}

function embeddedIn(analysis: Analysis, registry: Registry): readonly Embedded[] {
  try {
    return registry.formats.get(analysis.format)?.embedded?.(analysis.tree, analysis) ?? [];
  } catch {
    return [];
  }
}

function placed({ findings, unresolved, complied, failures, credentials }: Judgement, document: Embedded, file: string): Judgement {
  return {
    complied,
    failures,
    credentials,
    unresolved: unresolved.flatMap((one) => {
      const span = outerSpan(document, one.span);
      return span ? [{ ...one, span, whole: outerWhole(one.whole, document) }] : [];
    }),
    findings: findings.flatMap((one) => {
      const span = outerSpan(document, one.span);
      if (!span || (document.secretsElsewhere && one.family === 'secrets')) return [];
      const { fix } = one;
      return [{ ...one, span, whole: outerWhole(one.whole, document), fix: fix && { ...fix, edits: () => outerEdits(document, fix.edits(), file) } }];
    }),
  };
}

/** A whole that does not stand in the file cannot be told from others. */
function outerWhole(whole: Whole | undefined, document: Embedded): Whole | undefined {
  const span = whole && outerSpan(document, whole.span);
  return span && { ...whole, span };
}
