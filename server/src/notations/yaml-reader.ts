import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, Parser, type Document, type Node as Parsed, type Pair as ParsedPair, type Scalar as ParsedScalar } from 'yaml';
import type { Comment } from '#engine/format.js';
import { blockBelow, sectionsOf, shifted, shiftedPair, type Section } from './yaml-sections.js';

/** A node of a document. Offsets count from the start of the document, so that a document that moved is not read again. */
export type Node = Scalar | Mapping | Sequence | Alias | Nothing;

interface Extent {
  readonly start: number;
  /** Behind the last character that belongs to it; trailing comments and blank lines do not. */
  readonly end: number;
  /** A tag of the product's own, such as `!secret`; those of YAML itself are left out. */
  readonly tag?: string;
  readonly anchor?: string;
  /** It stands in a part that is no YAML, read as well as it could be: nothing is written into it. */
  readonly broken?: true;
}
export interface Scalar extends Extent {
  readonly kind: 'scalar';
  /** The decoded text. */
  readonly text: string;
  readonly style: 'plain' | 'quoted' | 'block';
}
/** A map or list that may be around the text of a file, and not in it. */
interface Around extends Extent {
  readonly flow: boolean;
  /** It stands in the file that takes this one in. */
  readonly assumed?: boolean;
}
export interface Mapping extends Around {
  readonly kind: 'map';
  readonly pairs: readonly Pair[];
}
export interface Sequence extends Around {
  readonly kind: 'list';
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
  /** The parts of a long document as they were read, by their text: an edit costs the part it is in. */
  readonly parts: ReadonlyMap<string, Node>;
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

/** A document, or a part of one, that is longer is read in parts. */
const longestPart = 3000;

/** Reads one document. Never throws: what cannot be read is `null` with the reason. `known` are parts read before; `inParts` is for tests. */
export function readBody(source: string, known: ReadonlyMap<string, Node> = new Map(), inParts = longestPart): Body {
  const anchors = new Map<string, Node>();
  const parts = new Map<string, Node>();
  if (source.length > longestDocument) return { source, root: nothing('the document is too long to be read'), anchors, parts };
  const start = /^(?:\ufeff)?(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:---[ \t]*(?:#[^\n]*)?\r?\n)?/.exec(source)![0].length;
  const end = /(?:^|\n)(\.\.\.\s*)$/.exec(source.slice(-80)) ? source.lastIndexOf('...') : source.length;
  const cutUp = (limit: number) => inSections(source, { start, end }, { known, parts, anchors, limit, depth: 0 });
  const root = source.length > inParts ? cutUp(inParts) : undefined;
  if (root) return { source, root, anchors, parts };
  const { node, broken } = readWhole(source);
  // Half-typed text, such as a quote that is not closed, must not swallow what stands below it.
  const rest = broken && inParts < Infinity ? cutUp(0) : undefined;
  return { source, root: rest ?? shifted(node, 0, anchors), anchors, parts };
}

interface Reading {
  readonly known: ReadonlyMap<string, Node>;
  readonly parts: Map<string, Node>;
  readonly anchors: Map<string, Node>;
  readonly limit: number;
  readonly depth: number;
}

/** Reads a block by its pairs or items; a long pair by those below it. `undefined` where it must be read as a whole. */
function inSections(source: string, { start, end }: Section, reading: Reading): Node | undefined {
  const cutUp = sectionsOf(source, start, end);
  if (!cutUp) return undefined;
  const pairs: Pair[] = [];
  const items: Node[] = [];
  const kept = new Map(reading.anchors);
  const giveUp = (): undefined => {
    reading.anchors.clear();
    for (const [name, node] of kept) reading.anchors.set(name, node);
    return undefined;
  };
  for (const part of cutUp.parts) {
    if (part.isLoose) continue;
    const below = cutUp.kind === 'map' && part.end - part.start > reading.limit && reading.depth < 4 ? blockBelow(source, part) : undefined;
    const value = below === undefined ? undefined : inSections(source, { start: below, end: part.end }, { ...reading, depth: reading.depth + 1 });
    if (value) {
      const keyStart = part.start + source.slice(part.start, part.start + 1000).search(/[^ ]/);
      const line = source.slice(keyStart, source.indexOf('\n', keyStart));
      const quoted = /^(["']).*?\1/.exec(line)?.[0];
      const name = quoted ?? line.slice(0, line.indexOf(':'));
      pairs.push({ key: quoted ? quoted.slice(1, -1) : name, keyStart, keyEnd: keyStart + name.length, value });
      continue;
    }
    const text = source.slice(part.start, part.end);
    const read = reading.known.get(text) ?? reading.parts.get(text) ?? readWhole(text).node;
    if (read.kind !== cutUp.kind || read.flow) return giveUp();
    reading.parts.set(text, read);
    const broken = read.broken && { broken: read.broken };
    if (read.kind === 'map') for (const pair of read.pairs) pairs.push(shiftedPair({ ...pair, value: { ...pair.value, ...broken } }, part.start, reading.anchors));
    else for (const item of read.items) items.push(shifted({ ...item, ...broken }, part.start, reading.anchors));
  }
  const first = cutUp.parts[0]!.start;
  const ink = first + source.slice(first, first + 1000).search(/[^ ]/);
  const last = cutUp.kind === 'map' ? pairs.at(-1)?.value.end : items.at(-1)?.end;
  if (last === undefined) return giveUp();
  return cutUp.kind === 'map' ? { kind: 'map', start: ink, end: last, flow: false, pairs } : { kind: 'list', start: ink, end: last, flow: false, items };
}

const nothing = (unread: string): Nothing => ({ kind: 'null', start: 0, end: 0, unread });

function readWhole(source: string): { readonly node: Node; readonly broken: boolean } {
  if (tooDeep(source)) return { node: nothing('the document is nested too deeply to be read'), broken: false };
  try {
    // Every scalar is text: what `on` or `010` means is for the product to say. Keys may repeat: the last one counts.
    const { contents, errors } = composed(source);
    const node = convert(contents as Parsed | null, source, 0, 0);
    // A first line indented behind a byte order mark is read as if it were not: what would be written below it would not be its neighbour.
    return errors.length > 0 || /^\ufeff[ \t]/.test(source) ? { node: { ...node, broken: true }, broken: true } : { node, broken: false };
  } catch {
    return { node: nothing('the document could not be read'), broken: false };
  }
}

/** Reports of the parser, each of which costs more than reading a line: text with more of them is no YAML. */
const mostReports = 100;

/** Reads the first document of a text. Throws where too much is wrong with it. */
function composed(source: string): Document.Parsed {
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, strict: false, prettyErrors: false, logLevel: 'silent', stringKeys: false });
  const reporting = composer as unknown as { onError(...report: readonly unknown[]): void };
  const report = reporting.onError;
  let reports = 0;
  const count = () => {
    if (++reports > mostReports) throw new Error('too much is wrong with it');
  };
  reporting.onError = (...said) => {
    count();
    report(...said);
  };
  function* tokens() {
    for (const token of new Parser().parse(source)) {
      if (token.type === 'error') count();
      yield token;
    }
  }
  for (const document of composer.compose(tokens(), true, source.length)) return document;
  throw new Error('there is no document');
}

/** Brackets that close nothing, and quotes that stand behind quotes, of which every one costs the parser a report of its own. */
const mostStrays = 200;

/** Whether brackets, dashes or indentation open more levels than are read, or what is wrong is too much: the parser is recursive, and slow with both. */
export function tooDeep(source: string): boolean {
  let depth = 0;
  let strays = 0;
  for (let line = 0, next: number; line < source.length; line = next) {
    const stop = source.indexOf('\n', line);
    next = stop < 0 ? source.length : stop + 1;
    let at = line;
    let marks = 0;
    for (; at < next; at++) {
      const code = source.charCodeAt(at);
      if (code === 45 || code === 63 || code === 58) marks++;
      else if (code !== 32) break;
    }
    if (at - line > deepest * 20 || marks > deepest * 2) return true;
    for (; at < next; at++) {
      const code = source.charCodeAt(at);
      if (code === 91 || code === 123) {
        if (++depth > deepest * 4) return true;
      } else if (code === 93 || code === 125) {
        if (depth > 0) depth--;
        else if (++strays > mostStrays) return true;
      } else if (code === 34 && source.charCodeAt(at - 1) === 34 && source.charCodeAt(at - 2) === 34 && ++strays > mostStrays) return true;
    }
  }
  return false;
}

function convert(node: Parsed | null | undefined, source: string, at: number, depth: number): Node {
  if (!node?.range) return { kind: 'null', start: at, end: at };
  const [start, end] = node.range;
  if (depth > deepest) return { kind: 'null', start, end, unread: 'it is nested too deeply to be read' };
  const tag = 'tag' in node && node.tag && !node.tag.startsWith('tag:yaml.org,2002:') ? { tag: node.tag } : undefined;
  const made = ((): Node => {
    if (isAlias(node)) return { kind: 'alias', start, end, name: node.source };
    if (isScalar(node)) return scalar(node, start, end, tag);
    if (isMap(node)) {
      const pairs = node.items.flatMap((pair) => convertPair(pair as ParsedPair<Parsed, Parsed | null>, source, depth));
      const flow = node.flow === true;
      return { kind: 'map', start, end: flow ? end : (pairs.at(-1)?.value.end ?? end), flow, pairs, ...tag };
    }
    if (isSeq(node)) {
      const flow = node.flow === true;
      const items: Node[] = [];
      for (const item of node.items) items.push(convert(itemOf(item), source, items.at(-1)?.end ?? start + 1, depth + 1));
      return { kind: 'list', start, end: flow ? end : (items.at(-1)?.end ?? end), flow, items, ...tag };
    }
    return { kind: 'null', start, end };
  })();
  return 'anchor' in node && node.anchor ? { ...made, anchor: node.anchor } : made;
}

/** A pair inside a flow sequence, `[a: b]`, is not modelled: it reads as nothing. */
function itemOf(item: unknown): Parsed | undefined {
  return item !== null && typeof item === 'object' && 'range' in item ? (item as Parsed) : undefined;
}

function convertPair({ key, value }: ParsedPair<Parsed, Parsed | null>, source: string, depth: number): readonly Pair[] {
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
  const read = convert(value, source, keyEnd, depth + 1);
  // Behind a question mark a key may be anything, and its value stands on a line of its own; without either a key is nothing.
  const explicit = !isScalar(key) || source[keyStart] === ':' || /(?:^|[\s-])\?[ \t\r\n]*$/.test(source.slice(Math.max(0, key.range[0] - 40), key.range[0]));
  return [{ key: name, keyStart, keyEnd, value: explicit || keyStart === keyEnd ? { ...read, broken: true } : read }];
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
