import { createScanner, modify, parseTree, type JSONPath, type Node, type ParseError } from 'jsonc-parser';
import { oncePer } from '#engine/attached.js';
import type { Comment } from '#engine/format.js';
import { hasHoles } from '#engine/holes.js';
import type { Slot } from '#engine/setting.js';
import { apply, lineEnd, refined, type Edit, type Span } from '#engine/text.js';

export type { JSONPath, Node } from 'jsonc-parser';

/** A JSON file, with comments and trailing commas where a product allows them. */
export interface Json {
  readonly text: string;
  /** Absent when the text holds no value, or nests deeper than any configuration does. */
  readonly root?: Node;
  /** The text is not what JSON with comments and trailing commas may be: nothing is written into it. */
  readonly broken?: true;
}

/** Levels of nesting that are read. Deeper text is an attack on the reader, which recurses. */
const mostNested = 400;

/** Reads what can be read; a missing comma or bracket loses no more than the value it is in. */
export function parseJson(text: string): Json {
  if (nestsTooDeep(text)) return { text };
  const errors: ParseError[] = [];
  const holes = hasHoles(text) ? holesOf(text) : [];
  const plain = filled(text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text, holes);
  const root = parseTree(plain, errors, { allowTrailingComma: true, allowEmptyContent: true });
  if (root && holes.length > 0) restore(root, text, new Set(holes.map(({ start }) => start)));
  return { text, ...(root && { root }), ...((errors.length > 0 || holes.length > 0) && { broken: true as const }) };
}

/** Where a template fills in a whole value outside of quotes, which is no JSON yet: `"port": {{ port }}`. */
function holesOf(text: string): readonly Span[] {
  const found: Span[] = [];
  let open = '';
  let before = '';
  for (let at = 0; at < text.length; at++) {
    const here = text[at]!;
    if (here === '"') {
      at = endOfString(text, at);
    } else if ((before === ':' || before === '[' || (before === ',' && open.endsWith('['))) && (here === '{' || here === '$' || here === '<')) {
      hole.lastIndex = at;
      const length = hole.exec(text)?.[0].length;
      if (length !== undefined) found.push({ start: at, end: at + length }), at += length - 1;
      else if (here === '{') open += here;
    } else if (here === '{' || here === '[') open += here;
    else if (here === '}' || here === ']') open = open.slice(0, -1);
    if (!/\s/.test(here)) before = here;
  }
  return found;
}

const hole = /\{\{[^{}\n]{1,200}\}\}|\$\{[^{}\n]{1,200}\}|<%[^%\n]{1,200}%>/y;

/** The closing quote of a string, or the end of its line. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (; at < text.length && text[at] !== '"' && text[at] !== '\n'; at++) if (text[at] === '\\') at++;
  return at;
}

/** The text with a string as long in the place of each hole. */
function filled(text: string, holes: readonly Span[]): string {
  let plain = '';
  let from = 0;
  for (const { start, end } of holes) {
    plain += `${text.slice(from, start)}"${'_'.repeat(end - start - 2)}"`;
    from = end;
  }
  return plain + text.slice(from);
}

/** Gives the strings that stand for holes the value that stands in the text. */
function restore(root: Node, text: string, starts: ReadonlySet<number>): void {
  const pending = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.type === 'string' && starts.has(node.offset)) Object.assign(node, { value: text.slice(node.offset, node.offset + node.length) });
    for (const child of node.children ?? []) pending.push(child);
  }
}

const isTooDeep = oncePer((file: Json) => nestsTooDeep(file.text));

function nestsTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34 /* " */) inString = !inString;
    else if (inString) {
      if (code === 92 /* \ */) at++;
      else if (code === 10) inString = false;
    } else if (code === 123 || code === 91) {
      if (++depth > mostNested) return true;
    } else if (code === 125 || code === 93) depth--;
  }
  return false;
}

/** The node at a path; of several properties of one name the last, as every reader of these products has it. */
export function nodeAt(file: Json, path: JSONPath): Node | undefined {
  let node = file.root;
  for (const step of path) node = node && (typeof step === 'number' ? (node.type === 'array' ? node.children?.[step] : undefined) : property(node, step)?.children?.[1]);
  return node;
}

/** The property of an object by name. */
export function property(node: Node, name: string): Node | undefined {
  if (node.type !== 'object') return undefined;
  const all = node.children ?? [];
  return all.length < worthAnIndex ? all.filter((child) => child.children?.[0]?.value === name).at(-1) : byName(node).get(name);
}

/** An object of fewer properties is looked through in less time than an index of it takes to build. */
const worthAnIndex = 32;
const byName = oncePer((node: Node) => new Map(node.children!.map((child) => [child.children?.[0]?.value as unknown, child])));

/** The names and values of an object, in the order of the file; none when the node is something else. */
export function properties(node: Node | undefined): readonly { readonly name: string; readonly value: Node; readonly span: Span }[] {
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap((child) => {
    const [name, value] = child.children ?? [];
    return name && value ? [{ name: String(name.value), value, span: spanOf(child) }] : [];
  });
}

/** The elements of an array; none when the node is something else. */
export function elements(node: Node | undefined): readonly Node[] {
  return node?.type === 'array' ? (node.children ?? []) : [];
}

export function spanOf(node: Node): Span {
  return { start: node.offset, end: node.offset + node.length };
}

/** The span a person would look at for a property: its name and value. */
export function placeOf(node: Node): Span {
  return spanOf(node.parent?.type === 'property' ? node.parent : node);
}

/** How a value is written: in quotes, or as a literal such as `true`, `5`, `null`. */
export type Writing = 'string' | 'literal';

/**
 * The scalar at a path, as text without quotes. Absent, it is written into the deepest object of the path that
 * exists, with the parents it needs.
 */
export function slot(file: Json, path: JSONPath, writing: Writing, absentAt?: Span): Slot {
  const node = nodeAt(file, path);
  const write = (raw: string): readonly Edit[] => change(file, path, writing === 'string' ? raw : literalOf(raw));
  if (!node) return { span: absentAt ?? nearest(file, path), write };
  const span = placeOf(node);
  if (node.type === 'object' || node.type === 'array') return { span, obscured: 'the file holds a list or an object where one value is expected', write };
  const raw = node.type === 'string' ? String(node.value) : file.text.slice(node.offset, node.offset + node.length);
  return { span, raw, write: (wanted) => (wanted === raw ? [] : replaced(file, node, JSON.stringify(writing === 'string' ? wanted : literalOf(wanted)))) };
}

/** The edits that put another text in the place of a value, or of a stretch of it; none in a broken file. */
export function replaced(file: Json, node: Node | Span, text: string): readonly Edit[] {
  return file.broken ? [] : [{ ...('offset' in node ? spanOf(node) : node), text }];
}

function literalOf(raw: string): unknown {
  return raw === 'true' ? true : raw === 'false' ? false : raw === 'null' ? null : /^-?\d+(\.\d+)?$/.test(raw) ? Number(raw) : raw;
}

/** The name of the deepest object on the way to a missing value: where a person would add it. */
function nearest(file: Json, path: JSONPath): Span {
  for (let length = path.length - 1; length > 0; length--) {
    const node = nodeAt(file, path.slice(0, length));
    if (!node) continue;
    const name = node.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
    return name ? spanOf(name) : { start: node.offset, end: node.offset + 1 };
  }
  return file.root ? { start: file.root.offset, end: file.root.offset + 1 } : { start: 0, end: 0 };
}

/**
 * The edits that put a JSON value at a path, or take it away for `undefined`, in the layout the file has; with `compact`
 * a text of one line stays one.
 */
export function change(file: Json, path: JSONPath, value: unknown, compact = false): readonly Edit[] {
  if (file.broken || isTooDeep(file)) return [];
  const stands = nodeAt(file, path);
  // Of properties of one name the last counts, and without it the one before; the library changes the first.
  if ((value === undefined || typeof value === 'object') && repeats(file, path)) return [];
  // The library reads the whole text for each change: what it is not needed for is done by the tree there is.
  if (stands && stands.type !== 'object' && stands.type !== 'array' && value !== undefined && typeof value !== 'object') {
    return refined(file.text, { ...spanOf(stands), text: JSON.stringify(value) });
  }
  const taken = value === undefined ? removal(file, stands) : undefined;
  if (taken) return [taken];
  const added = value === undefined ? undefined : addition(file, path, value);
  if (added) return added;
  const indent = /\n([ \t]+)\S/.exec(file.text)?.[1] ?? '  ';
  const formattingOptions = { insertSpaces: !indent.startsWith('\t'), tabSize: indent.startsWith('\t') ? 1 : indent.length, eol: lineEnd(file.text) };
  const text = file.text.trim() === '' ? '{}' : file.text;
  const edits = modify(text, path, value, compact && !text.includes('\n') ? {} : { formattingOptions });
  if (file.text !== text) return edits.map(({ content }) => ({ start: 0, end: file.text.length, text: content }));
  const hollow = value === undefined ? undefined : deepest(file, path);
  if (hollow?.type === 'object' && hollow.children?.length === 0) return [wholly(text, spanOf(hollow), edits)];
  return edits.flatMap(({ offset, length, content }) => refined(text, { start: offset, end: offset + length, text: content }));
}

/** Whether a property on the way to a place has a namesake. */
function repeats(file: Json, path: JSONPath): boolean {
  return path.some((step, depth) => {
    const holder = typeof step === 'string' ? nodeAt(file, path.slice(0, depth)) : undefined;
    return holder?.type === 'object' && namesakes(holder).has(step);
  });
}

/** The names that an object has more than once. */
const namesakes = oncePer((object: Node) => {
  const [seen, again] = [new Set<unknown>(), new Set<unknown>()];
  for (const { children } of object.children ?? []) {
    const name: unknown = children?.[0]?.value;
    (seen.has(name) ? again : seen).add(name);
  }
  return again;
});

/** The deepest node there is on the way to a place. */
function deepest(file: Json, path: JSONPath): Node | undefined {
  for (let length = path.length; length >= 0; length--) {
    const node = nodeAt(file, path.slice(0, length));
    if (node) return node;
  }
  return undefined;
}

/** What is written into an empty object, as one edit of all of it, so that two of them, between which a comma is missing, exclude each other. */
function wholly(text: string, { start, end }: Span, edits: readonly { readonly offset: number; readonly length: number; readonly content: string }[]): Edit {
  const from = Math.min(start, ...edits.map(({ offset }) => offset));
  const to = Math.max(end, ...edits.map(({ offset, length }) => offset + length));
  const inside = edits.map(({ offset, length, content }) => ({ start: offset - from, end: offset + length - from, text: content }));
  return { start: from, end: to, text: apply(text.slice(from, to), inside) };
}

/**
 * The edits that add what is missing of a path to the deepest object there is, behind its last property and in the layout
 * of that: on the same line, or on one of its own. Nothing else of the object is touched.
 */
function addition(file: Json, path: JSONPath, value: unknown): readonly Edit[] | undefined {
  let depth = path.length;
  let parent = nodeAt(file, path.slice(0, --depth));
  while (!parent && depth > 0) parent = nodeAt(file, path.slice(0, --depth));
  const missing = path.slice(depth);
  const last = parent?.type === 'object' ? parent.children?.at(-1) : undefined;
  if (!parent || !last || missing.some((step) => typeof step === 'number') || property(parent, String(missing[0]))) return undefined;
  const { text } = file;
  const whole = missing.slice(1).reduceRight<unknown>((inner, step) => ({ [step]: inner }), value);
  const before = text.lastIndexOf('\n', last.offset);
  const indent = /^[ \t]*/.exec(text.slice(before + 1, last.offset))![0];
  const ownLine = before > parent.offset && indent.length === last.offset - before - 1;
  const end = last.offset + last.length;
  const name = JSON.stringify(String(missing[0]));
  if (!ownLine) {
    const tight = /^[ \t]*"/.test(text.slice(parent.offset + 1, last.offset + 1)) && /":[^\s]/.test(text.slice(last.offset, end));
    const joint = (last.parent?.children?.length ?? 0) > 1 && !/,\s/.test(text.slice(parent.offset, last.offset)) || tight ? '' : ' ';
    return [{ start: end, end, text: `,${joint}${name}:${tight ? '' : ' '}${onOneLine(whole, tight)}` }];
  }
  const step = stepOf(text, indent);
  const printed = JSON.stringify(whole, null, step).replaceAll('\n', `${lineEnd(text)}${indent}`);
  // Behind a comma that stands already, and behind a comment on the last line.
  const [, comma, note] = /^([ \t]*,)?([ \t]*\/\/[^\n\r]*|[ \t]*\/\*[^\n\r*]*\*\/)?/.exec(text.slice(end, end + 2_000))!;
  const behind = end + (comma?.length ?? 0) + (note?.length ?? 0);
  const line = `${lineEnd(text)}${indent}${name}: ${printed}`;
  if (comma !== undefined) return [{ start: behind, end: behind, text: `${line},` }];
  return note === undefined ? [{ start: end, end, text: `,${line}` }] : [{ start: end, end, text: ',' }, { start: behind, end: behind, text: line }];
}

/** By what a level is indented more than the one around it. */
function stepOf(text: string, indent: string): string {
  if (indent.includes('\t')) return '\t';
  const first = /\n( +)\S/.exec(text.slice(0, 20_000))?.[1];
  return first === undefined || first.length > 8 ? '  ' : first;
}

function onOneLine(value: unknown, tight: boolean): string {
  if (tight || typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => onOneLine(item, false)).join(', ')}]`;
  return `{ ${Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}: ${onOneLine(inner, false)}`).join(', ')} }`;
}

/**
 * The edit that takes a property or an element away with the comma that parts it from its neighbour; nothing where a comment
 * stands between the two, which may be about either.
 */
function removal({ text }: Json, node: Node | undefined): Edit | undefined {
  const item = node?.parent?.type === 'property' ? node.parent : node;
  const all = item?.parent?.children;
  if (!item || !all) return undefined;
  const at = all.length < worthAnIndex ? all.indexOf(item) : placeAmong(item.parent!).get(item)!;
  const previous = all[at - 1];
  const next = all[at + 1];
  const end = item.offset + item.length;
  if (!previous && !next) return undefined;
  const edit = previous ? { start: previous.offset + previous.length, end, text: '' } : { start: item.offset, end: next!.offset, text: '' };
  const between = previous ? text.slice(edit.start, item.offset) : text.slice(end, edit.end);
  return /^[\s,]*$/.test(between) ? edit : undefined;
}

const placeAmong = oncePer((parent: Node) => new Map(parent.children!.map((child, i) => [child, i])));

/** The comments of the file, where the product allows them. */
export function commentsOf(file: Json): readonly Comment[] {
  const scanner = createScanner(file.text, false);
  const found: Comment[] = [];
  const lineComment = 12;
  const blockComment = 13;
  const end = 17;
  for (let token: number = scanner.scan(); token !== end; token = scanner.scan()) {
    if (token !== lineComment && token !== blockComment) continue;
    const start = scanner.getTokenOffset();
    const stop = start + scanner.getTokenLength();
    found.push({ start, end: stop, text: file.text.slice(start + 2, token === blockComment ? stop - 2 : stop) });
  }
  return found;
}
