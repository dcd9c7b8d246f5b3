import type { Node, Pair } from './yaml-reader.js';

/** A part of a block map or list that can be read by itself: from one key or dash of it to the next. */
export interface Section {
  readonly start: number;
  readonly end: number;
  /** A word where a key should be: half-typed, with nothing to read in it yet. */
  readonly isLoose?: boolean;
}

/** How a block document falls apart: its parts, and whether they are pairs of a map or items of a list. */
export interface Sections {
  readonly kind: 'map' | 'list';
  readonly parts: readonly Section[];
}

/** Plain and quoted keys on one line; anything else is read as a whole. */
const key = /(?:[\w<][\w<.\/@ -]{0,200}|"[^"\\\n]{0,200}"|'[^'\n]{0,200}')[ \t]*:(?:[ \t\r\n]|$)/y;
const dash = /-(?:[ \t\r\n]|$)/y;
/** A key whose colon, or the blank behind it, is still to come. No valid text has such a line where a key of a block map should be. */
const loose = /[\w.\/@-]{1,200}(?::[^\s:#{}[\]"']{1,200})?[ \t]*(?:\r?\n|$)/y;

/**
 * Cuts the lines of a block at its own indentation. YAML lets nothing that belongs to one pair or item stand at the
 * indentation of the next, except a list under its key. `undefined` where a line does not fit.
 */
export function sectionsOf(source: string, from: number, to: number): Sections | undefined {
  const parts: { start: number; end: number; isLoose: boolean }[] = [];
  let indent = -1;
  let kind: 'map' | 'list' | undefined;
  for (let line = from, next: number; line < to; line = next) {
    const stop = source.indexOf('\n', line);
    next = stop < 0 || stop >= to ? to : stop + 1;
    let ink = line;
    while (ink < next && source.charCodeAt(ink) === 32) ink++;
    const first = source[ink];
    if (ink >= next || first === '\n' || first === '\r' || first === '#') continue;
    const column = ink - line;
    if (indent < 0) {
      indent = column;
      kind = matches(dash, source, ink) ? 'list' : 'map';
    }
    if (column > indent) continue;
    if (column < indent || first === '\t') return undefined;
    const last = parts.at(-1);
    if (kind === 'map' && last && matches(dash, source, ink)) continue;
    const isLoose = !matches(kind === 'map' ? key : dash, source, ink);
    if (isLoose && !(kind === 'map' && last && matches(loose, source, ink))) return undefined;
    if (column === 0 && (source.startsWith('---', ink) || source.startsWith('...', ink))) return undefined;
    if (last) last.end = line;
    parts.push({ start: line, end: to, isLoose });
  }
  return kind && parts.length > 0 ? { kind, parts } : undefined;
}

/** Where the block below a key begins, when nothing but a comment stands behind the key on its line. */
export function blockBelow(source: string, { start, end }: Section): number | undefined {
  const stop = source.indexOf('\n', start);
  if (stop < 0 || stop + 1 >= end) return undefined;
  return /^[ ]*(?:[\w.\/@-]{1,200}|"[^"\\]{0,200}"|'[^']{0,200}'):[ \t]*(?:#.*)?\r?$/.test(source.slice(start, stop)) ? stop + 1 : undefined;
}

function matches(pattern: RegExp, source: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(source);
}

/** The same node at another place; the anchors it holds are told. */
export function shifted(node: Node, by: number, anchors: Map<string, Node>): Node {
  const made = ((): Node => {
    const place = { start: node.start + by, end: node.end + by };
    if (node.kind === 'map') return { ...node, ...place, pairs: node.pairs.map((pair) => shiftedPair(pair, by, anchors)) };
    if (node.kind === 'list') return { ...node, ...place, items: node.items.map((item) => shifted(item, by, anchors)) };
    return { ...node, ...place };
  })();
  if (made.anchor !== undefined) anchors.set(made.anchor, made);
  return made;
}

export function shiftedPair({ key: name, keyStart, keyEnd, value }: Pair, by: number, anchors: Map<string, Node>): Pair {
  return { key: name, keyStart: keyStart + by, keyEnd: keyEnd + by, value: shifted(value, by, anchors) };
}
