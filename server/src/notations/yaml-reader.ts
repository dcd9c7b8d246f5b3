import { isAlias, isMap, isScalar, isSeq, Lexer, parseDocument, type Node as Parsed, type Pair as ParsedPair, type Scalar as ParsedScalar } from 'yaml';
import type { Comment } from '#engine/format.js';

/** A node of a document. Offsets count from the start of the document, so that a document that moved is not read again. */
export type Node = Scalar | Mapping | Sequence | Alias | Nothing;

interface Extent {
  readonly start: number;
  /** Behind the last character that belongs to it; trailing comments and blank lines do not. */
  readonly end: number;
  /** A tag of the product's own, such as `!secret`; those of YAML itself are left out. */
  readonly tag?: string;
}
export interface Scalar extends Extent {
  readonly kind: 'scalar';
  /** The decoded text. */
  readonly text: string;
  readonly style: 'plain' | 'quoted' | 'block';
}
export interface Mapping extends Extent {
  readonly kind: 'map';
  readonly flow: boolean;
  readonly pairs: readonly Pair[];
}
export interface Sequence extends Extent {
  readonly kind: 'list';
  readonly flow: boolean;
  readonly items: readonly Node[];
}
export interface Alias extends Extent {
  readonly kind: 'alias';
  readonly name: string;
}
/** `null`, `~`, nothing behind a colon, or (with a reason) something that was not read. */
export interface Nothing extends Extent {
  readonly kind: 'null';
  readonly unread?: string;
}
export interface Pair {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: Node;
}

/** What one document holds, independent of where it stands. */
export interface Body {
  readonly source: string;
  readonly root: Node;
  readonly anchors: ReadonlyMap<string, Node>;
}

/** Levels of nesting that are read; what lies deeper is treated as not read. */
export const deepest = 100;
/** Characters of a document that are read; a longer one is treated as not read. */
const longestDocument = 4_000_000;

/** Cuts a text behind every document. Markers stand at the start of a line, even inside a block scalar. */
export function cut(text: string): readonly { readonly start: number; readonly end: number }[] {
  const documents: { start: number; end: number }[] = [];
  let start = 0;
  let content = false;
  for (let line = 0, next: number; line < text.length; line = next) {
    const stop = text.indexOf('\n', line);
    next = stop < 0 ? text.length : stop + 1;
    const first = text[line];
    const begins = first === '-' && text.startsWith('---', line) && blankAt(text, line + 3);
    const ends = first === '.' && text.startsWith('...', line) && blankAt(text, line + 3);
    if (begins && content) {
      documents.push({ start, end: line });
      start = line;
    }
    if (ends) {
      documents.push({ start, end: next });
      start = next;
      content = false;
    } else if (begins || !content) content = begins || !/^(%|\s*(#|$))/.test(text.slice(line, Math.min(next, line + 200)).trimEnd());
  }
  if (content || documents.length === 0) documents.push({ start, end: text.length });
  return documents;
}

function blankAt(text: string, at: number): boolean {
  return at >= text.length || /\s/.test(text[at]!);
}

/** Reads one document. Never throws: what cannot be read is `null` with the reason. */
export function readBody(source: string): Body {
  const anchors = new Map<string, Node>();
  const unread = (why: string): Body => ({ source, root: { kind: 'null', start: 0, end: 0, unread: why }, anchors });
  if (source.length > longestDocument) return unread('the document is too long to be read');
  if (tooDeep(source)) return unread('the document is nested too deeply to be read');
  try {
    // Every scalar is text: what `on` or `010` means is for the product to say. Keys may repeat: the last one counts.
    const { contents } = parseDocument(source, { schema: 'failsafe', uniqueKeys: false, strict: false, prettyErrors: false, logLevel: 'silent', stringKeys: false });
    return { source, root: convert(contents as Parsed | null, source, anchors, 0, 0), anchors };
  } catch {
    return unread('the document could not be read');
  }
}

/** Whether brackets, dashes or indentation open more levels than are read: the parser is recursive, and slow with depth. */
function tooDeep(source: string): boolean {
  let depth = 0;
  for (let line = 0, next: number; line < source.length; line = next) {
    const stop = source.indexOf('\n', line);
    next = stop < 0 ? source.length : stop + 1;
    let at = line;
    let marks = 0;
    for (; at < next; at++) {
      const code = source.charCodeAt(at);
      if (code === 45 || code === 63) marks++;
      else if (code !== 32) break;
    }
    if (at - line > deepest * 20 || marks > deepest * 2) return true;
    for (; at < next; at++) {
      const code = source.charCodeAt(at);
      if (code === 91 || code === 123) {
        if (++depth > deepest * 4) return true;
      } else if ((code === 93 || code === 125) && depth > 0) depth--;
    }
  }
  return false;
}

function convert(node: Parsed | null | undefined, source: string, anchors: Map<string, Node>, at: number, depth: number): Node {
  if (!node?.range) return { kind: 'null', start: at, end: at };
  const [start, end] = node.range;
  if (depth > deepest) return { kind: 'null', start, end, unread: 'it is nested too deeply to be read' };
  const tag = 'tag' in node && node.tag && !node.tag.startsWith('tag:yaml.org,2002:') ? { tag: node.tag } : undefined;
  const made = ((): Node => {
    if (isAlias(node)) return { kind: 'alias', start, end, name: node.source };
    if (isScalar(node)) return scalar(node, start, end, tag);
    if (isMap(node)) {
      const pairs = node.items.flatMap((pair) => convertPair(pair as ParsedPair<Parsed, Parsed | null>, source, anchors, depth));
      const flow = node.flow === true;
      return { kind: 'map', start, end: flow ? end : (pairs.at(-1)?.value.end ?? end), flow, pairs, ...tag };
    }
    if (isSeq(node)) {
      const flow = node.flow === true;
      const items: Node[] = [];
      for (const item of node.items) items.push(convert(itemOf(item), source, anchors, items.at(-1)?.end ?? start + 1, depth + 1));
      return { kind: 'list', start, end: flow ? end : (items.at(-1)?.end ?? end), flow, items, ...tag };
    }
    return { kind: 'null', start, end };
  })();
  if ('anchor' in node && node.anchor) anchors.set(node.anchor, made);
  return made;
}

/** A pair inside a flow sequence, `[a: b]`, is not modelled: it reads as nothing. */
function itemOf(item: unknown): Parsed | undefined {
  return item !== null && typeof item === 'object' && 'range' in item ? (item as Parsed) : undefined;
}

function convertPair({ key, value }: ParsedPair<Parsed, Parsed | null>, source: string, anchors: Map<string, Node>, depth: number): readonly Pair[] {
  if (!key?.range) return [];
  let [keyStart, keyEnd] = key.range;
  let name = isScalar(key) && typeof key.value === 'string' ? key.value : source.slice(keyStart, keyEnd);
  // A word half-typed above a key is read as part of it; the key is what stands on the last line.
  if (isScalar(key) && key.type === 'PLAIN') {
    const line = source.lastIndexOf('\n', keyEnd - 1) + 1;
    if (line > keyStart) {
      keyStart = line + source.slice(line, keyEnd).search(/\S/);
      name = source.slice(keyStart, keyEnd);
    }
  }
  return [{ key: name, keyStart, keyEnd, value: convert(value, source, anchors, keyEnd, depth + 1) }];
}

function scalar(node: ParsedScalar, start: number, end: number, tag: { tag: string } | undefined): Node {
  const style = node.type === 'PLAIN' || node.type === undefined ? 'plain' : node.type.startsWith('QUOTE') ? 'quoted' : 'block';
  const text = typeof node.value === 'string' ? node.value : String(node.value ?? '');
  if (style === 'plain' && !tag && /^(~|null|)$/i.test(text)) return { kind: 'null', start, end };
  return { kind: 'scalar', start, end, text, style, ...tag };
}

/** The comments of a text, in order. */
export function commentsOf(source: string, original: string, offset: number): readonly Comment[] {
  const comments: Comment[] = [];
  let at = 0;
  let scalarNext = false;
  for (const lexeme of new Lexer().lex(source)) {
    if (lexeme === '\u0002' || lexeme === '\u0018' || lexeme === '\u001f') {
      scalarNext = lexeme === '\u001f';
      continue;
    }
    if (!scalarNext && lexeme.startsWith('#')) {
      comments.push({ start: offset + at, end: offset + at + lexeme.length, text: original.slice(at + 1, at + lexeme.length).trimEnd() });
    }
    scalarNext = false;
    at += lexeme.length;
  }
  return comments;
}
