import type { Finding } from '#engine/lint.js';
import type { Fix } from '#engine/rule.js';
import { apart, type Edit, type Span } from '#engine/text.js';

/**
 * The edits of as many fixes as can be applied at once, first come first served. A fix goes whole or not at all. Of two
 * that say the same, or would touch the same text, the later waits for the next round; a fix that fails is left out.
 */
export function together(findings: readonly Finding[], text: string): readonly Edit[] {
  const taken: Edit[] = [];
  const said = new Set<string>();
  const places = new Places();
  for (const { fix } of findings) {
    const edits = fix ? soundEdits(fix, text) : [];
    const names = edits.map(({ start, end, text: written }) => `${start} ${end} ${written}`);
    if (names.some((name) => said.has(name)) || edits.some((edit) => places.meet(edit))) continue;
    taken.push(...edits);
    for (const name of names) said.add(name);
    for (const edit of edits) places.add(edit);
  }
  return taken;
}

/** The edits of a fix that can be made at once; none of a fix that fails. What is left out comes in the next round. */
export function soundEdits({ edits }: Fix, text: string): readonly Edit[] {
  try {
    return apart(text, edits());
  } catch {
    return [];
  }
}

/** Where edits are made already, in order, so that a file with thousands of findings is not compared each with each. */
class Places {
  readonly #replaced: Span[] = [];
  readonly #inserted: Span[] = [];

  add(span: Span): void {
    const spans = span.start === span.end ? this.#inserted : this.#replaced;
    spans.splice(after(spans, span.start), 0, span);
  }

  /** Whether a span overlaps one of these. An insertion does so only inside of a replacement. */
  meet(span: Span): boolean {
    return [this.#replaced, this.#inserted].some((spans) => {
      const at = after(spans, span.start);
      return [spans[at - 1], spans[at]].some((other) => other !== undefined && span.start < other.end && other.start < span.end);
    });
  }
}

/** The index of the first span that begins behind an offset. */
function after(spans: readonly Span[], offset: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
