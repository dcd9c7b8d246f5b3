import type { Span } from '#engine/text.js';
import { longest } from './read.js';

/**
 * Where an offset of a `.hipaa-lint.yaml` is. Found from lines and their indentation alone, because a file that is being
 * written is mostly not YAML yet. Comments, texts of several lines and what is written in brackets have no place.
 */
export interface Place {
  /** The keys around it, outermost first; `null` for an item of a list. */
  readonly path: readonly (string | null)[];
  /** `entry`: a key or an item of what the path leads to, or its value on a line below. `value`: what stands behind the colon of its last key. */
  readonly kind: 'entry' | 'value';
  /** The word at the offset, without its quotes; empty where nothing is written yet. */
  readonly word: Span;
  /** Where the entry begins, or the key whose value it is: a column of its line. */
  readonly column: number;
  /** An entry that has its colon already. */
  readonly isKey: boolean;
  /** A value right behind the colon, where a space is missing. */
  readonly isTight: boolean;
  /** The other keys of the same map. */
  readonly others: ReadonlySet<string>;
}

/** What lines further in belong to: a key, an item (then `key` is `null`), or the file itself. */
interface Frame {
  readonly column: number;
  readonly key: string | null;
  readonly parent: Frame | undefined;
  /** Something stands behind the key, so that nothing further in belongs to it. */
  readonly isFilled: boolean;
  /** The column of what is in it, once something is. */
  inner: number | undefined;
  readonly keys: Set<string>;
}

/** A line, in columns: where its items begin, its key, and the word behind them. */
interface Line {
  readonly text: string;
  readonly items: readonly number[];
  readonly column: number;
  readonly key: Word | undefined;
  readonly colon: number;
  readonly word: Word;
  readonly hasComment: boolean;
}

/** A word as it is written, in columns, and without its quotes. */
interface Word extends Span {
  readonly inside: Span;
}

/** The place of an offset, in time linear in the text. */
export function placeAt(text: string, offset: number): Place | undefined {
  if (text.length > longest) return undefined;
  let frame = frameOf(undefined, -1, null);
  /** Lines further in than this are text. */
  let textBehind = Infinity;
  let found: { readonly around: Frame; readonly place: Omit<Place, 'path' | 'others'>; readonly key: string | undefined } | undefined;
  for (const { start, end } of linesOf(text)) {
    const cursor = offset >= start && offset <= end ? offset - start : undefined;
    if (start === end && cursor === undefined) continue;
    const line = lineOf(text.slice(start, end));
    const isEmpty = line.items.length === 0 && line.column === line.text.length;
    // Further out, no key of the map around the cursor can follow.
    if (found && !isEmpty && line.column < found.place.column) break;
    if ((isEmpty ? (cursor ?? Infinity) : (line.items[0] ?? line.column)) > textBehind) {
      if (cursor !== undefined) return undefined;
      continue;
    }
    if (!isEmpty) textBehind = Infinity;
    if (/^(---|\.\.\.)(\s|$)/.test(line.text)) frame = frameOf(undefined, -1, null);
    for (const column of line.items) {
      const owner = around(frame, column, true);
      owner.inner ??= column;
      frame = frameOf(owner, column, null);
    }
    const name = line.key && line.text.slice(line.key.inside.start, line.key.inside.end);
    if (cursor !== undefined) {
      const place = placeIn(line, cursor, start);
      const owner = place && around(frame, place.column);
      if (!owner || owner.isFilled || (owner.inner ?? place.column) !== place.column) return undefined;
      found = { around: owner, place, key: name };
    }
    const word = line.text.slice(line.word.start, line.word.end);
    if (/^[|>][-+\d]*$/.test(word)) textBehind = name === undefined ? (line.items.at(-1) ?? Infinity) : line.column;
    if (name === undefined) continue;
    const owner = around(frame, line.column);
    owner.inner ??= line.column;
    if (cursor === undefined) owner.keys.add(name);
    frame = frameOf(owner, line.column, name, word !== '');
  }
  if (!found) return undefined;
  const path = pathOf(found.around);
  return { ...found.place, path: found.place.kind === 'value' ? [...path, found.key!] : path, others: found.around.keys };
}

function placeIn({ text, key, colon, word, items, column, hasComment }: Line, cursor: number, start: number): Omit<Place, 'path' | 'others'> | undefined {
  const at = ({ inside }: Word) => ({ start: start + inside.start, end: start + inside.end });
  const isIn = ({ inside }: Word) => cursor >= inside.start && cursor <= inside.end;
  const here = { start: start + cursor, end: start + cursor };
  if (key && cursor <= colon) return isIn(key) ? { kind: 'entry', word: at(key), column, isKey: true, isTight: false } : undefined;
  if (word.end > word.start) {
    if (!isIn(word) || /[[\]{}&*!|>%@`]/.test(text[word.start]!)) return undefined;
    return { kind: key ? 'value' : 'entry', word: at(word), column, isKey: false, isTight: false };
  }
  if (hasComment) return undefined;
  if (key) return { kind: 'value', word: here, column, isKey: false, isTight: cursor === colon + 1 };
  // Behind the dash of an item stands a space.
  return cursor < (items.at(-1) ?? -2) + 2 ? undefined : { kind: 'entry', word: here, column: cursor, isKey: false, isTight: false };
}

function frameOf(parent: Frame | undefined, column: number, key: string | null, isFilled = false): Frame {
  return { column, key, parent, isFilled, inner: undefined, keys: new Set() };
}

/** What an entry at a column belongs to. An item may stand in the column of its key, and beside other items. */
function around(frame: Frame, column: number, isItem = false): Frame {
  let owner = frame;
  while (owner.parent && (owner.column > column || (owner.column === column && !(isItem && owner.key !== null)))) owner = owner.parent;
  return owner;
}

function pathOf(frame: Frame): (string | null)[] {
  const path: (string | null)[] = [];
  for (let step = frame; step.parent; step = step.parent) path.push(step.key);
  return path.reverse();
}

function* linesOf(text: string): Iterable<Span> {
  let start = 0;
  for (const { index, 0: { length } } of text.matchAll(/\r\n?|\n/g)) {
    yield { start, end: index };
    start = index + length;
  }
  yield { start, end: text.length };
}

function lineOf(text: string): Line {
  const items: number[] = [];
  let column = blanks(text, 0);
  while (text[column] === '-' && (column + 1 === text.length || isBlank(text[column + 1]))) {
    items.push(column);
    column = blanks(text, column + 1);
  }
  const isKey = (end: number) => text[end] === ':' && (end + 1 === text.length || isBlank(text[end + 1]));
  const first = wordAt(text, column, isKey);
  const colon = blanks(text, first.end);
  const key = isKey(colon) ? first : undefined;
  const word = key ? wordAt(text, blanks(text, colon + 1), () => false) : first;
  return { text, items, column, key, colon, word, hasComment: text[blanks(text, word.end)] === '#' };
}

/** The word that begins at a column: to its closing quote, to what ends it, or to a comment. */
function wordAt(text: string, start: number, isEnd: (at: number) => boolean): Word {
  const quote = text[start];
  if (quote === '"' || quote === "'") {
    let end = start + 1;
    while (end < text.length && text[end] !== quote) end += quote === '"' && text[end] === '\\' ? 2 : 1;
    return { start, end: Math.min(end + 1, text.length), inside: { start: start + 1, end: Math.min(end, text.length) } };
  }
  let end = start;
  while (end < text.length && !isEnd(end) && !(text[end] === '#' && (end === start || isBlank(text[end - 1])))) end++;
  while (end > start && isBlank(text[end - 1])) end--;
  return { start, end, inside: { start, end } };
}

function blanks(text: string, at: number): number {
  let end = at;
  while (isBlank(text[end])) end++;
  return end;
}

const isBlank = (character: string | undefined) => character === ' ' || character === '\t';
