/** Words between white space, and comments to the end of a line, as many small files of Unix programs have them. */
import type { Comment } from '#engine/format.js';
import type { Span } from '#engine/text.js';

/** One word; what stands in quotes is one, and they are not part of its value. */
export interface Word extends Span {
  readonly value: string;
  readonly quoted: boolean;
}

/** Keeps the comment whose mark of one character stands at `at`; the answer is where its line breaks. */
export function readComment(text: string, at: number, comments: Comment[]): number {
  let stop = text.indexOf('\n', at);
  if (stop < 0) stop = text.length;
  const end = text[stop - 1] === '\r' ? stop - 1 : stop;
  comments.push({ start: at, end, text: text.slice(at + 1, end) });
  return stop;
}

/** The words of one line, up to a comment, which is kept. A quote that is not closed on the line is a character like others. */
export function wordsOf(text: string, from: number, to: number, comments: Comment[]): readonly Word[] {
  const words: Word[] = [];
  for (let at = from; at < to;) {
    const ch = text[at]!;
    if (/\s/.test(ch)) at++;
    else if (ch === '#') at = readComment(text, at, comments);
    else {
      const start = at;
      const close = ch === '"' || ch === "'" ? text.indexOf(ch, at + 1) : -1;
      const quoted = close > 0 && close < to;
      if (quoted) at = close + 1;
      else while (at < to && !/\s/.test(text[at]!)) at++;
      words.push({ value: quoted ? text.slice(start + 1, close) : text.slice(start, at), start, end: at, quoted });
    }
  }
  return words;
}

/** The longest place that a template fills in. */
const longestHole = 200;

/** Where a place that a template fills in ends, `{{ name }}` or `${name}`; nothing where none begins here. */
export function holeEnd(text: string, at: number): number | undefined {
  const close = text.startsWith('{{', at) ? '}}' : text.startsWith('${', at) ? '}' : undefined;
  if (close === undefined) return undefined;
  const place = text.slice(at + 2, at + longestHole);
  const end = place.indexOf(close);
  return end < 0 || place.slice(0, end).includes('\n') ? undefined : at + 2 + end + close.length;
}
