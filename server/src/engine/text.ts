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
  for (const edit of apart(text, edits)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/**
 * The edits that come to the same as one, each no larger than what it changes: a rewritten line whose one word differs is
 * the edit of that word. Words are changed whole.
 */
export function refined(text: string, edit: Edit): readonly Edit[] {
  const before = wordsOf(text.slice(edit.start, edit.end));
  const after = wordsOf(edit.text);
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const [rows, columns] = [before.length - head - tail, after.length - head - tail];
  if (rows === 0 && columns === 0) return [];
  const kept = rows * columns <= mostCompared ? keptOf(before, after, head, rows, columns) : [];
  const edits: Edit[] = [];
  let [i, j] = [head, head];
  let offset = edit.start + before.slice(0, head).join('').length;
  for (const [row, column] of [...kept, [head + rows, head + columns] as const]) {
    const old = before.slice(i, row).join('');
    const written = after.slice(j, column).join('');
    if (old !== written) edits.push({ start: offset, end: offset + old.length, text: written });
    offset += old.length + (before[row]?.length ?? 0);
    [i, j] = [row + 1, column + 1];
  }
  return edits;
}

/** Texts whose words are not compared each with each: what differs of them is one edit. */
const mostCompared = 1_000_000;

const wordsOf = (text: string) => text.match(/\w+|\s+|[^\w\s]/g) ?? [];

/** The pairs of words that stay, in order: the longest common sequence, without marks and blanks that stay between changed words alone. */
function keptOf(before: readonly string[], after: readonly string[], from: number, rows: number, columns: number): readonly (readonly [number, number])[] {
  const width = columns + 1;
  const lengths = new Uint16Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      lengths[i * width + j] = before[from + i] === after[from + j]
        ? lengths[(i + 1) * width + j + 1]! + 1 : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < rows && j < columns;) {
    if (before[from + i] === after[from + j]) pairs.push([from + i++, from + j++]);
    else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++;
    else j++;
  }
  // Runs of pairs that stand together and hold a word are kept whole.
  return runs(pairs).filter((run) => run.some(([i]) => /\w/.test(before[i]!))).flat();
}

function runs(pairs: readonly [number, number][]): [number, number][][] {
  const all: [number, number][][] = [];
  for (const pair of pairs) {
    const last = all.at(-1);
    const [i, j] = last?.at(-1) ?? [-2, -2];
    if (last && pair[0] === i + 1 && pair[1] === j + 1) last.push(pair);
    else all.push([pair]);
  }
  return all;
}

/**
 * The edits that can be made at once: of two that overlap, the one that starts later is left out, and one that leaves the text. Two that write
 * behind one line end exclude each other, because both may write the line they share.
 */
export function apart(text: string, edits: readonly Edit[]): readonly Edit[] {
  let at = 0;
  // What is inserted where another edit begins stands before that.
  const inOrder = (a: Edit, b: Edit) => a.start - b.start || Number(a.end > a.start) - Number(b.end > b.start);
  return [...joinedAtEnd(text, edits)].sort(inOrder).filter(({ start, end }) => {
    if (start < at || end < start || end > text.length) return false;
    at = end;
    return true;
  });
}

/**
 * The edits of one fix, where lines that it adds behind a last line without a line end, and so in the place of its last character, are one
 * edit with the change of that line.
 */
export function joinedAtEnd(text: string, edits: readonly Edit[]): readonly Edit[] {
  const last = text.at(-1);
  if (edits.length < 2 || last === undefined || last === '\n') return edits;
  const added = edits.find(({ start, end, text: all }) => start === end - 1 && end === text.length && all[0] === last && /^\r?\n/.test(all.slice(1, 3)));
  const changed = added && edits.find((edit) => edit !== added && edit.end === text.length && edit.text !== '' && !edit.text.includes('\n'));
  if (!changed) return edits;
  const start = Math.min(changed.start, added.start);
  const joined = { start, end: text.length, text: text.slice(start, changed.start) + changed.text + added.text.slice(1) };
  return edits.flatMap((edit) => (edit === changed ? [joined] : edit === added ? [] : [edit]));
}

/** An edit without what stays at both ends. */
function trimmed(text: string, { start, end, text: written }: Edit): Edit {
  let [from, to, head, tail] = [start, end, 0, written.length];
  while (from < to && head < tail && text[from] === written[head]) (from++, head++);
  while (from < to && head < tail && text[to - 1] === written[tail - 1]) (to--, tail--);
  return { start: from, end: to, text: written.slice(head, tail) };
}

/** One edit that turns a text into another, as short as possible. */
export function difference(before: string, after: string): Edit {
  return trimmed(before, { start: 0, end: before.length, text: after });
}

/** Whether any edit of one list touches what an edit of the other changes. Two insertions never collide. */
export function collide(some: readonly Edit[], others: readonly Edit[]): boolean {
  return some.some((a) => others.some((b) => a.start < b.end && b.start < a.end));
}

/** A text without the letters of `these` at its end. An expression such as `/x+$/` would try every run of them anew. */
export function withoutTail(text: string, these: string): string {
  let end = text.length;
  while (end > 0 && these.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** A text up to the first letter of `these`; all of it where there is none. */
export function upTo(text: string, these: string): string {
  for (let at = 0; at < text.length; at++) if (these.includes(text[at]!)) return text.slice(0, at);
  return text;
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
