import type { Surroundings } from './analysis.js';
import { apply, type Edit, type Span } from './text.js';

/**
 * A document of its own inside a file: a configuration file that a ConfigMap holds, a manifest in a heredoc, or the settings that
 * a container is given one by one. It is judged as the format its name and text speak of, and what is found keeps its place.
 */
export interface Embedded {
  /** What the document is called where it is used, with the folder it shares with others: `broker/mosquitto.conf`. */
  readonly name: string;
  /** Its format, where that which holds it decides it; without one the name and the text say it. */
  readonly format?: string;
  readonly text: string;
  /** Which of its stretches stand in the file, in order. What is found between them rests on nothing the file says, and is dropped. */
  readonly pieces: readonly Piece[];
  /** Why what it leaves out may be stated where nobody can see it, as a clause. */
  readonly elsewhere?: string | undefined;
  /** The credentials of the document are judged by that which holds it. */
  readonly secretsElsewhere?: true;
}

/** A stretch of an embedded text, and what of the file it is. */
export type Piece = Verbatim | StandIn;

/** It stands in the file as it is, but for the indent of its lines. */
interface Verbatim extends Span {
  readonly from: number;
  /** What the file puts before every line behind the first. */
  readonly indent: string;
}

/** It stands in the file in other words. */
interface StandIn extends Span {
  readonly at: Span;
  /** The edits that make the file say something else here; none where that cannot be done. */
  readonly write?: (text: string) => readonly Edit[];
}

/** Where the lines of a text stand in a file that indents them. `from` is where the first begins, behind its indent. */
export function indentedPieces(text: string, from: number, indent: string, fileAt: (offset: number) => string): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let start = 0, at = from; start < text.length;) {
    const stop = text.indexOf('\n', start);
    const end = stop < 0 ? text.length : stop + 1;
    pieces.push({ start, end, from: at, indent });
    at += end - start;
    // An empty line may stand without its indent.
    for (let i = 0; i < indent.length && /[ \t]/.test(fileAt(at)); i++) at++;
    start = end;
  }
  return pieces;
}

/** The place in the file of a span of an embedded text; `undefined` where it begins or ends with what does not stand there. */
export function outerSpan({ pieces, text }: Embedded, { start, end }: Span): Span | undefined {
  const stop = Math.max(end, start + 1);
  // The end of a document belongs to its last line.
  const from = start === text.length ? pieces.length - 1 : firstBehind(pieces, start);
  const to = start === text.length ? from : firstFrom(pieces, stop) - 1;
  const [first, last] = [pieces[from], pieces[to]];
  if (!first || !last || from > to || first.start > start || last.end < Math.min(stop, text.length)) return undefined;
  return { start: 'from' in first ? first.from + Math.max(0, start - first.start) : first.at.start, end: 'from' in last ? last.from + Math.min(end, last.end) - last.start : last.at.end };
}

/** The number of the first piece that ends behind an offset, found by halving. */
const firstBehind = (pieces: readonly Piece[], offset: number) => halved(pieces, ({ end }) => end > offset);

/** The number of the first piece that begins at an offset or behind it. */
const firstFrom = (pieces: readonly Piece[], offset: number) => halved(pieces, ({ start }) => start >= offset);

function halved(pieces: readonly Piece[], isBehind: (piece: Piece) => boolean): number {
  let low = 0;
  for (let high = pieces.length; low < high;) {
    const middle = (low + high) >> 1;
    if (isBehind(pieces[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The edits of the file that make the edits of an embedded text; none where one of them cannot be made. */
export function outerEdits(embedded: Embedded, edits: readonly Edit[], file: string): readonly Edit[] {
  const made: Edit[] = [];
  const rewritten = new Map<StandIn, Edit[]>();
  for (const edit of edits) {
    const { pieces, text } = embedded;
    const first = edit.start === text.length ? pieces.at(-1) : pieces[firstBehind(pieces, edit.start)];
    const last = edit.end === edit.start ? first : pieces[firstFrom(pieces, edit.end) - 1];
    if (!first || !last || (first.start > edit.start) || last.end < edit.end) return [];
    if ('from' in first && 'from' in last) {
      const one = inLines(embedded, edit, first, last, file);
      if (!one) return [];
      made.push(one);
    } else if (first === last && !('from' in first) && first.write) rewritten.set(first, [...(rewritten.get(first) ?? []), edit]);
    else return [];
  }
  for (const [piece, inside] of rewritten) {
    const said = embedded.text.slice(piece.start, piece.end);
    const written = piece.write!(apply(said, inside.map((edit) => ({ start: edit.start - piece.start, end: edit.end - piece.start, text: edit.text }))));
    if (written.length === 0) return [];
    made.push(...written);
  }
  return made;
}

/** An edit of indented lines: new lines get the indent, and what is taken away at the end takes its indent with it. */
function inLines({ text, pieces }: Embedded, edit: Edit, first: Verbatim, last: Verbatim, file: string): Edit | undefined {
  const between = pieces.slice(pieces.indexOf(first), pieces.indexOf(last) + 1);
  if (between.some((piece, i) => !('from' in piece) || (i > 0 && piece.start !== between[i - 1]!.end))) return undefined;
  const { indent } = first;
  const ends = edit.end === text.length;
  const said = edit.text.replace(ends ? /\n(?!$)/g : /\n/g, `\n${indent}`);
  if (edit.start === text.length) {
    const end = last.from + last.end - last.start;
    if (text.endsWith('\n')) return { start: end, end, text: edit.text === '' ? '' : indent + said };
    return { start: end, end, text: said };
  }
  // Where the last line is left behind, it begins behind its indent; where a line begins, so does its indent.
  const start = first.from + edit.start - first.start;
  const next = pieces.find((piece) => piece.start === edit.end);
  const end = !ends && edit.end > edit.start && edit.end === last.end && next && 'from' in next ? next.from : last.from + Math.max(edit.end, edit.start) - last.start;
  if (ends && edit.start === first.start && edit.text === '' && file.slice(0, start).endsWith(indent)) return { start: start - indent.length, end, text: '' };
  return edit.end === edit.start ? { start, end: start, text: said } : { start, end, text: said };
}

/** What an embedded document may ask: those beside it are its folder. Files of the workspace are not where it is used. */
export function surroundingsOf(documents: readonly Embedded[], outer: Surroundings, matches: (glob: string, path: string) => boolean): Surroundings {
  const byName = new Map(documents.map((document) => [document.name, document.text]));
  return {
    open: (path) => {
      const text = byName.get(path);
      return text === undefined ? 'absent' : { path, text };
    },
    match: (glob) => [...byName.keys()].filter((name) => matches(glob, name)).sort(),
    // Documents tell files nothing, so that there may be others that nobody has heard.
    exported: (kind, key) => ({ ...outer.exported(kind, key), complete: false }),
    // Which of them is a part of another nobody can say: the program that takes them apart decides where they lie.
    includers: () => 'pending',
    marked: () => false,
    shared: (what, key) => outer.shared(what, key),
  };
}
