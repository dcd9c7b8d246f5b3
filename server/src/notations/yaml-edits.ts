import { lineEnd, type Edit } from '#engine/text.js';
import type { Mapping, Node, Sequence } from './yaml-reader.js';
import { isScalar, printBlock, printFlow, printFlowScalar, printItem, printPair, printScalar, type Scalar, type Value } from './yaml-text.js';
import type { Place } from './yaml.js';

/** The edits that make a place state a value; none where that cannot be written here. */
export function put(place: Place, value: Value): readonly Edit[] {
  const { node, parent } = place;
  if (isBroken(place) || isAssumed(node) || (!place.exists && isAssumed(parent?.node))) return [];
  if (place.exists && !place.borrowed) {
    if (place.span.start !== place.document.start + (node?.start ?? -1)) return [];
    if (node!.kind === 'scalar') return isScalar(value) && node!.tag === undefined ? [replaced(place, node!, value)] : [];
    if (node!.kind === 'null' && node!.unread === undefined) return [filled(place, node!, value)];
    return (node!.kind === 'map' || node!.kind === 'list') && !isScalar(value) ? merged(place, node!, value) : [];
  }
  if (!parent || typeof place.name !== 'string') return [];
  // A value that a merge key brings in is stated anew in the map itself, which then counts.
  if (place.borrowed && (parent.borrowed || !place.exists)) return [];
  if (parent.exists && parent.kind === 'map') return parent.borrowed || isAliased(parent) ? [] : [inserted(parent, parent.node as Mapping, place.name, value)];
  if (parent.kind === 'null' || parent.kind === 'absent') return put(parent, { [place.name]: value });
  return [];
}

/** Whether a map or list is not in this file but in the one that takes it in: nothing can be added to it here. */
export const isAssumed = (node: Node | undefined): boolean => (node?.kind === 'map' || node?.kind === 'list') && node.assumed === true;

/** Adds items to a list, or makes the list. */
export function appended(place: Place, items: readonly Value[]): readonly Edit[] {
  const { node } = place;
  if (node?.kind !== 'list') return node === undefined || node.kind === 'null' ? put(place, items) : [];
  if (place.borrowed || isAliased(place) || node.assumed || isBroken(place)) return [];
  const from = place.document.start;
  const { text } = place.document.yaml;
  if (node.flow) return [insertedInFlow(place, node, items.map((item) => printFlow(item, isJson(place))).join(', '))];
  const indent = columnOf(text, from + node.start);
  const lines = items.flatMap((item) => printItem(item, indent, step(place)).map((line, i) => (i === 0 ? ' '.repeat(indent) + line : line)));
  return [behindLine(text, from + (node.items.at(-1)?.end ?? node.end), lines)];
}

/** Takes a pair or an item away. */
export function removed(place: Place): readonly Edit[] {
  const { parent, node } = place;
  if (!parent || !place.exists || place.borrowed || isAliased(parent) || isAssumed(parent.node) || isBroken(place)) return [];
  const around = parent.node;
  if (around?.kind !== 'map' && around?.kind !== 'list') return [];
  // Of a key that repeats, which most programs refuse, the one before would count.
  if (around.kind === 'map' && around.pairs.some((pair) => pair.key === place.name && pair !== place.pair)) return [];
  const parts: readonly { start: number; end: number }[] = around.kind === 'map' ? around.pairs.map((pair) => ({ start: pair.keyStart, end: Math.max(pair.value.end, pair.keyEnd) })) : around.items;
  if (parts.length === 1) return parent.parent && !parent.borrowed && !isAssumed(parent.parent.node) ? removed(parent) : [emptied(parent, around.kind === 'map' ? '{}' : '[]')];
  const from = place.document.start;
  const index = around.kind === 'map' ? around.pairs.indexOf(place.pair!) : (place.name as number);
  const part = parts[index];
  if (!part) return [];
  if (around.flow) {
    const next = parts[index + 1];
    return [next ? { start: from + part.start, end: from + next.start, text: '' } : { start: from + parts[index - 1]!.end, end: from + Math.max(part.end, node?.end ?? 0), text: '' }];
  }
  const { text } = place.document.yaml;
  const following = parts[index + 1];
  // The first goes up to the second, so that both are never taken away at once: that would leave their key without a value.
  if (index === 0 && following && onlyOpens.test(text.slice(from + part.end, from + following.start))) {
    return [{ start: from + part.start, end: from + following.start, text: '' }];
  }
  const stop = restOfLine(text, from + part.end);
  // The dash of an item, or what opens the map on this line, stays; the next pair moves up to it.
  let start = from + part.start;
  if (around.kind === 'list') do start--; while (start > from && text[start] !== '-');
  const line = text.lastIndexOf('\n', start - 1) + 1;
  if (text.slice(line, start).trim() === '') return [{ start: line, end: Math.min(stop.next, text.length), text: '' }];
  const next = parts[index + 1];
  return next ? [{ start, end: from + next.start, text: '' }] : [{ start, end: stop.end, text: '' }];
}

/** A map or list without what it holds. The edit covers the line end, so that nothing is added to it at the same time. */
function emptied(place: Place, brackets: string): Edit {
  const { start, end } = place.span;
  const { text } = place.document.yaml;
  return { start, end: Math.min(text.length, end + 1), text: brackets + text.slice(end, end + 1) };
}

/** What stands between two parts of a block where neither a comment line nor anything else does. */
const onlyOpens = /^[ \t]*(?:[ \t]#[^\n]*)?\r?\n[ \t]*(?:-[ \t]+)?$/;

function replaced(place: Place, node: Extract<Node, { kind: 'scalar' }>, value: Scalar): Edit {
  const from = place.document.start;
  const { text } = place.document.yaml;
  const before = text.slice(from + node.start, from + node.end);
  const end = node.style === 'block' && before.endsWith('\n') ? from + node.start + before.trimEnd().length : from + node.end;
  const quoted = node.style === 'quoted' ? before : '';
  return { start: from + node.start, end, text: inFlow(place) ? printFlowScalar(value, isJson(place), quoted) : printScalar(value, quoted) };
}

/** Writes where a key has no value, or `null`. */
function filled(place: Place, node: Node, value: Value): Edit {
  const from = place.document.start;
  const { text } = place.document.yaml;
  const at = from + node.start;
  const empty = node.end === node.start;
  if (!place.parent) {
    const lines = printBlock(value, 0, 2).join(lineEnd(text));
    const stop = place.document.end;
    return { start: stop, end: stop, text: `${stop > 0 && text[stop - 1] !== '\n' ? lineEnd(text) : ''}${lines}${lineEnd(text)}` };
  }
  const space = empty && !/[ \t]/.test(text[at - 1] ?? ' ') ? ' ' : '';
  const apart = empty && text[at] === '#' ? ' ' : '';
  if (inFlow(place)) return { start: at, end: from + node.end, text: space + printFlow(value, isJson(place)) + apart };
  // Behind the last character of the text, that character stands for what is written into, so that nothing is added there at the same time.
  const held = empty && at > 0 && at === text.length ? text[at - 1]! : '';
  if (isScalar(value)) return { start: at - held.length, end: from + node.end, text: held + space + printScalar(value) + apart };
  const base = place.pair ? columnOf(text, from + place.pair.keyStart) : columnOf(text, from + node.start);
  if (!empty || !place.pair) return { start: at, end: from + node.end, text: space + printFlow(value, false) };
  return behindLine(text, at, printBlock(value, base + step(place), step(place)));
}

/** Adds the pairs of a value to a map that stands, one edit for all. */
function merged(place: Place, node: Mapping | Sequence, value: Exclude<Value, Scalar>): readonly Edit[] {
  if (Array.isArray(value) || node.kind !== 'map') return [];
  const missing = Object.entries(value).filter(([key]) => !node.pairs.some((pair) => pair.key === key));
  if (missing.length !== Object.keys(value).length) return Object.entries(value).flatMap(([key, child]) => put(place.get(key), child));
  const from = place.document.start;
  const { text } = place.document.yaml;
  if (node.flow) return [insertedInFlow(place, node, missing.map(([key, child]) => flowPair(place, key, child)).join(', '))];
  const indent = columnOf(text, from + node.pairs[0]!.keyStart);
  return [behindLine(text, from + lastEnd(node), missing.flatMap(([key, child]) => printPair(key, child, indent, step(place)).map((line, i) => (i === 0 ? ' '.repeat(indent) + line : line))))];
}

function inserted(parent: Place, map: Mapping, key: string, value: Value): Edit {
  const from = parent.document.start;
  const { text } = parent.document.yaml;
  if (map.flow) return insertedInFlow(parent, map, flowPair(parent, key, value));
  const indent = columnOf(text, from + map.pairs[0]!.keyStart);
  return behindLine(text, from + lastEnd(map), printPair(key, value, indent, step(parent)).map((line, i) => (i === 0 ? ' '.repeat(indent) + line : line)));
}

function lastEnd(map: Mapping): number {
  const last = map.pairs.at(-1)!;
  return Math.max(last.value.end, last.keyEnd + 1);
}

function flowPair(place: Place, key: string, value: Value): string {
  const json = isJson(place);
  return `${json ? JSON.stringify(key) : printFlowScalar(key, false)}: ${printFlow(value, json)}`;
}

/** Adds text before the closing bracket. The edit covers the bracket, so that two of them at one place exclude each other. */
function insertedInFlow(place: Place, node: Mapping | Sequence, addition: string): Edit {
  const from = place.document.start;
  const { text } = place.document.yaml;
  const close = from + node.end - 1;
  const parts = node.kind === 'map' ? node.pairs.map(({ keyStart, keyEnd, value }) => ({ start: keyStart, end: Math.max(value.end, keyEnd) })) : node.items;
  const last = parts.at(-1);
  if (!last) {
    const pad = node.kind === 'map' && !isJson(place) ? ' ' : '';
    return { start: from + node.start, end: close + 1, text: `${text[from + node.start]}${pad}${addition}${pad}${text[close]}` };
  }
  const first = from + parts[0]!.start;
  const line = text.lastIndexOf('\n', first - 1);
  const apart = line > from + node.start ? `${lineEnd(text)}${text.slice(line + 1, first)}` : ' ';
  const tail = text.slice(from + last.end, close);
  const comma = /^\s*,/.exec(tail)?.[0];
  return { start: from + last.end, end: close + 1, text: `${comma ?? ','}${/\S/.test(apart) ? ' ' : apart}${addition}${tail.slice(comma?.length ?? 0)}${text[close]}` };
}

/** Adds lines behind the line of an offset. The edit covers the line end, so that two of them at one place exclude each other. */
function behindLine(text: string, at: number, lines: readonly string[]): Edit {
  const eol = lineEnd(text);
  const said = lines.join(eol);
  if (at > 0 && text[at - 1] === '\n') {
    const start = text[at - 2] === '\r' ? at - 2 : at - 1;
    return { start, end: at, text: `${text.slice(start, at)}${said}${at < text.length || text.endsWith('\n') ? eol : ''}` };
  }
  const { end, next } = restOfLine(text, at);
  // Without a line end the last character stands for it.
  const start = end === next ? Math.max(0, end - 1) : end;
  return { start, end: next, text: `${text.slice(start, end)}${eol}${said}${text.slice(end, next)}` };
}

/** Where the line of an offset ends: before and behind its line end. */
function restOfLine(text: string, at: number): { readonly end: number; readonly next: number } {
  if (at > 0 && text[at - 1] === '\n') return { end: at, next: at };
  const stop = text.indexOf('\n', at);
  if (stop < 0) return { end: text.length, next: text.length };
  return { end: stop > at && text[stop - 1] === '\r' ? stop - 1 : stop, next: stop + 1 };
}

/** A byte order mark takes no room. */
function columnOf(text: string, at: number): number {
  const line = text.lastIndexOf('\n', at - 1) + 1;
  return at - line - (line === 0 && text.charCodeAt(0) === 0xfeff ? 1 : 0);
}

/** Spaces per level: as the nearest map around has it, else two. */
function step(place: Place): number {
  const { text } = place.document.yaml;
  for (let inner: Place | undefined = place; inner?.parent; inner = inner.parent) {
    const node = inner.node;
    if (!inner.pair || node?.kind !== 'map' || node.flow || inner.borrowed) continue;
    const from = inner.document.start;
    const width = columnOf(text, from + node.start) - columnOf(text, from + inner.pair.keyStart);
    if (width > 0 && width <= 8) return width;
  }
  return 2;
}

function inFlow(place: Place): boolean {
  for (let outer = place.parent; outer; outer = outer.parent) {
    const node = outer.node;
    if ((node?.kind === 'map' || node?.kind === 'list') && node.flow) return true;
  }
  return false;
}

/** Whether the flow around is written as JSON: its first key is in double quotes. */
function isJson(place: Place): boolean {
  for (let outer: Place | undefined = place; outer; outer = outer.parent) {
    const node = outer.node;
    if (node?.kind === 'map' && node.flow && node.pairs.length > 0) return outer.document.body.source[node.pairs[0]!.keyStart] === '"';
  }
  return false;
}

/** Whether a place stands in what is no YAML, or what would be written there would stand right behind that. */
export function isBroken(place: Place): boolean {
  for (let outer: Place | undefined = place; outer; outer = outer.parent) {
    const { node, pair } = outer;
    if (node?.broken || pair?.value.broken) return true;
  }
  const { node } = (place.exists && place.kind !== 'scalar' ? place : place.parent) ?? place;
  return node?.kind === 'map' ? node.pairs.at(-1)?.value.broken === true : node?.kind === 'list' && node.items.some(({ broken }) => broken);
}

/** Whether a place is itself written as an alias: its value belongs to another. */
function isAliased(place: Place): boolean {
  return place.node !== undefined && place.span.start !== place.document.start + place.node.start;
}
