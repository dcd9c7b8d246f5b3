/** Half-open range of UTF-16 offsets. Lines and columns exist only at the edges, see {@link LineIndex}. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Replaces the text of its span. An empty span inserts; an empty text deletes. */
export interface Edit extends Span {
  readonly text: string;
}

/**
 * Applies edits to a text. Insertions at one offset keep the order they are given in; of two edits that
 * overlap, the one that starts later is dropped, so that the result never mixes two halves.
 */
export function apply(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    if (edit.start < at) continue;
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** Whether any edit of one list touches what an edit of the other changes. Two insertions never collide. */
export function collide(some: readonly Edit[], others: readonly Edit[]): boolean {
  return some.some((a) => others.some((b) => a.start < b.end && b.start < a.end));
}

/** `\r\n` when the text uses it for its first line end, else `\n`: what an inserted line must end with. */
export function lineEnd(text: string): '\r\n' | '\n' {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}

/** A zero-based line and a zero-based UTF-16 column in it. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Turns offsets of one text into positions and back. Built once for a text, in time linear in it. */
export class LineIndex {
  readonly #starts: readonly number[];
  readonly #length: number;

  constructor(text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
    this.#length = text.length;
  }

  /** Offsets outside the text are moved to its nearest end. */
  position(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.#length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: at - this.#starts[low]! };
  }

  /** The offset of a position; lines and columns outside the text are moved to its nearest end. */
  offset({ line, character }: Position): number {
    if (line < 0) return 0;
    const start = this.#starts[line];
    if (start === undefined) return this.#length;
    return Math.min(start + Math.max(0, character), this.#starts[line + 1] ?? this.#length);
  }

  /** The number of lines; a text that ends in a line end has an empty last line. */
  get lines(): number {
    return this.#starts.length;
  }
}
