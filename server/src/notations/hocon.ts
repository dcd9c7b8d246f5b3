import { oncePer } from '#engine/attached.js';
import type { Comment } from '#engine/format.js';
import type { Slot } from '#engine/setting.js';
import { lineEnd, type Edit, type Span } from '#engine/text.js';
import { table } from '#engine/table.js';

/** A HOCON file as EMQX and NanoMQ write it: keys with dots, `=` or `:` or a bare brace, comments, lists, `include`, `${}`. */
export interface Hocon {
  readonly text: string;
  readonly root: HoconObject;
  readonly comments: readonly Comment[];
  /** Something in it is not closed, or is neither a key nor a value: nothing is written into it. */
  readonly broken: boolean;
}

export interface HoconObject extends Span {
  readonly kind: 'object';
  readonly entries: readonly HoconEntry[];
  /** The files it includes, and `${}` it is merged with: why a key may be stated elsewhere. */
  readonly borrowed: readonly string[];
}

export interface HoconEntry extends Span {
  readonly path: readonly string[];
  readonly value: HoconValue;
}

/** `opaque`: a substitution, or text of several parts. */
export type HoconValue =
  HoconObject | { readonly kind: 'list'; readonly items: readonly HoconValue[]; readonly start: number; readonly end: number } | HoconScalar;

export interface HoconScalar extends Span {
  readonly kind: 'scalar' | 'opaque';
  /** The value without quotes. */
  readonly raw: string;
  readonly quoted: boolean;
}

/** Levels of nesting that are read; deeper text is skipped. */
const deepest = 100;

/** Reads a file in one pass. What cannot be read is left out; nothing throws. */
export function parseHocon(text: string): Hocon {
  const reader = new Reader(text);
  reader.space(true);
  const braced = text[reader.at] === '{' ? reader.value(0) : undefined;
  return { text, root: braced?.kind === 'object' ? braced : reader.object(0, undefined, 0), comments: reader.comments, broken: reader.broken };
}

class Reader {
  at = 0;
  broken = false;
  readonly comments: Comment[] = [];

  constructor(readonly text: string) {
    if (text.charCodeAt(0) === 0xfeff) this.at = 1;
  }

  object(start: number, close: '}' | undefined, depth: number): HoconObject {
    const entries: HoconEntry[] = [];
    const borrowed: string[] = [];
    for (;;) {
      this.space(true);
      const char = this.text[this.at];
      if (char === undefined) {
        if (close) this.broken = true;
        break;
      }
      if (char === '}') {
        this.at++;
        if (close) break;
        this.broken = true;
        continue;
      }
      const from = this.at;
      const path = this.key();
      if (path.length === 0) {
        if (this.at === from) this.at++;
        this.broken = true;
        continue;
      }
      this.space(false);
      if (path.length === 1 && path[0] === 'include' && !/[=:{+]/.test(this.text[this.at] ?? '')) {
        const value = this.value(depth);
        borrowed.push('raw' in value ? value.raw.replace(/^(required|file|url|classpath)\(|[()"]/g, '') || 'a file it includes' : 'a file it includes');
        continue;
      }
      if (this.text.startsWith('+=', this.at)) this.at += 2;
      else if (this.text[this.at] === '=' || this.text[this.at] === ':') this.at++;
      else if (this.text[this.at] !== '{') {
        this.line();
        this.broken = true;
        continue;
      }
      this.space(false);
      const value = this.value(depth);
      entries.push({ path, value, start: from, end: value.end });
    }
    return { kind: 'object', entries, borrowed, start, end: this.at };
  }

  key(): string[] {
    const path: string[] = [];
    for (;;) {
      if (this.text[this.at] === '"') path.push(this.quoted().raw);
      else {
        const from = this.at;
        while (this.at < this.text.length && !/[\s.=:{}[\],#"+]/.test(this.text[this.at]!)) this.at++;
        if (this.at === from) return path;
        path.push(this.text.slice(from, this.at));
      }
      if (this.text[this.at] !== '.') return path;
      this.at++;
    }
  }

  value(depth: number): HoconValue {
    const start = this.at;
    const char = this.text[start];
    if (char === '{' || char === '[') {
      if (depth >= deepest) {
        this.line();
        return { kind: 'opaque', raw: '', quoted: false, start, end: this.at };
      }
      this.at++;
      return char === '{' ? this.object(start, '}', depth + 1) : this.list(start, depth + 1);
    }
    if (char === '"') {
      const quoted = this.quoted();
      const end = this.at;
      this.space(false);
      if (!this.ended()) {
        this.bare();
        return { kind: 'opaque', raw: this.text.slice(start, this.at).trim(), quoted: false, start, end: this.at };
      }
      return { kind: 'scalar', raw: quoted.raw, quoted: true, start, end };
    }
    const raw = this.bare();
    if (/\$\{[^}]*\}[ \t]*$/.test(raw) && this.text[this.at] === '{') {
      const merged = this.value(depth);
      return merged.kind === 'object' ? { ...merged, borrowed: [...merged.borrowed, 'what it is merged with'] } : merged;
    }
    return { kind: raw.includes('${') ? 'opaque' : 'scalar', raw, quoted: false, start, end: start + raw.length };
  }

  list(start: number, depth: number): HoconValue {
    const items: HoconValue[] = [];
    for (;;) {
      this.space(true);
      const char = this.text[this.at];
      if (char === undefined || char === '}') {
        this.broken = true;
        break;
      }
      if (char === ']') {
        this.at++;
        break;
      }
      const from = this.at;
      items.push(this.value(depth));
      if (this.at === from) this.at++;
    }
    return { kind: 'list', items, start, end: this.at };
  }

  quoted(): { raw: string } {
    const { text } = this;
    if (text.startsWith('"""', this.at)) {
      const stop = text.indexOf('"""', this.at + 3);
      const from = this.at + 3;
      const to = stop < 0 ? text.length : stop;
      if (stop < 0) this.broken = true;
      this.at = Math.min(text.length, to + 3);
      return { raw: text.slice(from, to) };
    }
    let raw = '';
    for (this.at++; this.at < text.length; this.at++) {
      const char = text[this.at]!;
      if (char === '"') {
        this.at++;
        return { raw };
      }
      if (char === '\n') break;
      if (char === '\\' && this.at + 1 < text.length) raw += escapes[text[++this.at]!] ?? text[this.at];
      else raw += char;
    }
    this.broken = true;
    return { raw };
  }

  /** Text without quotes: to the end of the line, a comma, a bracket or a comment. */
  bare(): string {
    const { text } = this;
    const from = this.at;
    for (; this.at < text.length; this.at++) {
      const char = text[this.at]!;
      if (char === '$' && text[this.at + 1] === '{') {
        const stop = text.indexOf('}', this.at);
        const line = text.indexOf('\n', this.at);
        if (stop > 0 && (line < 0 || stop < line)) {
          this.at = stop;
          continue;
        }
      }
      if (char === '"') {
        this.quoted();
        this.at--;
        continue;
      }
      if (/[\n,}\]{]/.test(char) || this.isComment()) break;
    }
    let to = this.at;
    while (to > from && /\s/.test(text[to - 1]!)) to--;
    return text.slice(from, to);
  }

  ended(): boolean {
    const char = this.text[this.at];
    return char === undefined || /[\r\n,}\]]/.test(char) || this.isComment();
  }

  /** In a value without quotes an address such as `http://host` is no comment. */
  isComment(): boolean {
    const char = this.text[this.at];
    return char === '#' || (char === '/' && this.text[this.at + 1] === '/' && /\s|^$/.test(this.text[this.at - 1] ?? ''));
  }

  space(lines: boolean): void {
    const { text } = this;
    for (; this.at < text.length; this.at++) {
      const char = text[this.at]!;
      if (this.isComment()) {
        const stop = text.indexOf('\n', this.at);
        const end = stop < 0 ? text.length : text[stop - 1] === '\r' ? stop - 1 : stop;
        if (!lines) return;
        this.comments.push({ start: this.at, end, text: text.slice(this.at, end).replace(/^(#+|\/\/)/, '') });
        this.at = end - 1;
      } else if (!(char === ' ' || char === '\t' || char === '\r' || (lines && (char === '\n' || char === ',')))) return;
    }
  }

  line(): void {
    const stop = this.text.indexOf('\n', this.at);
    this.at = stop < 0 ? this.text.length : stop;
  }
}

const escapes: Readonly<Record<string, string>> = table({ n: '\n', t: '\t', r: '\r' });

/** Everything the file says at one path, dots and braces alike. */
interface Branch {
  readonly children: Map<string, Branch>;
  readonly stated: { readonly entry: HoconEntry; readonly value: HoconValue }[];
  readonly borrowed: string[];
  /** The first statement of the path or of something below it. */
  readonly first?: HoconEntry;
}

/** The tree of paths, made once: asking for one of thousands of names must not walk over the others. */
const treeOf = oncePer((file: Hocon): Branch => grow(file.root, branch()));

const branch = (first?: HoconEntry): Branch => ({ children: new Map(), stated: [], borrowed: [], ...(first && { first }) });

function grow(object: HoconObject, into: Branch): Branch {
  into.borrowed.push(...object.borrowed);
  for (const entry of object.entries) {
    let at = into;
    for (const step of entry.path) {
      let next = at.children.get(step);
      if (!next) at.children.set(step, (next = branch(entry)));
      at = next;
    }
    at.stated.push({ entry, value: entry.value });
    if (entry.value.kind === 'object') grow(entry.value, at);
  }
  return into;
}

function branchAt(file: Hocon, path: readonly string[]): Branch | undefined {
  let at: Branch | undefined = treeOf(file);
  for (const step of path) at = at?.children.get(step);
  return at;
}

/** Whether the file says anything at a path, or below it. */
export function isStated(file: Hocon, path: readonly string[]): boolean {
  return branchAt(file, path) !== undefined;
}

/** The names directly below a path, in the order of the file. */
export function namesAt(file: Hocon, path: readonly string[]): readonly string[] {
  return [...(branchAt(file, path)?.children.keys() ?? [])];
}

/** The last value at a path; none where only something below it is stated. */
export function valueAt(file: Hocon, path: readonly string[]): HoconValue | undefined {
  return branchAt(file, path)?.stated.at(-1)?.value;
}

/** Where a person would look for a path: the first line that states it or something below it. */
export function placeAt(file: Hocon, path: readonly string[]): Span | undefined {
  const first = branchAt(file, path)?.first;
  return first && firstLine(file.text, first);
}

function firstLine(text: string, { start, end }: Span): Span {
  const stop = text.indexOf('\n', start);
  const line = text.slice(start, stop < 0 ? end : Math.min(stop, end)).trimEnd();
  return { start, end: start + (/[{[]$/.test(line) ? line.slice(0, -1).trimEnd() : line).length };
}

/** Why a path that is missing may be stated elsewhere. */
function borrowedAt(file: Hocon, path: readonly string[]): string | undefined {
  for (let length = path.length - 1; length >= 0; length--) {
    const from = branchAt(file, path.slice(0, length))?.borrowed[0];
    if (from !== undefined) return `${from} may state it`;
  }
  return undefined;
}

/** The scalar at a path; the last one counts. Absent, it is written into the block of its parent, or at the end. */
export function slot(file: Hocon, path: readonly string[], writing: 'string' | 'literal' = 'literal'): Slot {
  const found = branchAt(file, path)?.stated.at(-1);
  if (!found) {
    const because = borrowedAt(file, path);
    return { span: nearest(file, path), ...(because !== undefined && { obscured: because }), write: (raw) => insert(file, path, printed(raw, writing)) };
  }
  const { entry, value } = found;
  const span = value.kind === 'scalar' || value.kind === 'opaque' ? { start: entry.start, end: value.end } : firstLine(file.text, entry);
  if (value.kind === 'object' || value.kind === 'list')
    return { span, obscured: 'the file holds a list or an object where one value is expected', write: () => [] };
  if (value.kind === 'opaque') return { span, obscured: 'a substitution fills it in', write: () => [] };
  return {
    span,
    raw: value.raw,
    write: (wanted) =>
      wanted === value.raw || file.broken ? [] : [{ start: value.start, end: value.end, text: value.quoted ? JSON.stringify(wanted) : printed(wanted, writing) }],
  };
}

const printed = (raw: string, writing: 'string' | 'literal') => (writing === 'literal' && /^[\w.-]+$/.test(raw) ? raw : JSON.stringify(raw));
const printedKey = (path: readonly string[]) => path.map((step) => (/^[\w-]+$/.test(step) ? step : JSON.stringify(step))).join('.');

function nearest(file: Hocon, path: readonly string[]): Span {
  for (let length = path.length - 1; length > 0; length--) {
    const place = placeAt(file, path.slice(0, length));
    if (place) return place;
  }
  return { start: 0, end: 0 };
}

/** Writes a value that is missing: into the last block of its parent where that spans lines, else at the end of the file. */
function insert(file: Hocon, path: readonly string[], value: string): readonly Edit[] {
  const { text } = file;
  if (file.broken) return [];
  const eol = lineEnd(text);
  for (let length = path.length - 1; length >= 0; length--) {
    const stands = length === 0 ? [file.root] : (branchAt(file, path.slice(0, length))?.stated ?? []).map(({ value }) => value);
    const block = stands.filter((found): found is HoconObject => found.kind === 'object' && text[found.start] === '{' && text[found.end - 1] === '}').at(-1);
    if (!block) continue;
    const line = text.lastIndexOf('\n', block.end - 1) + 1;
    const alone = text.slice(line, block.end - 1).trim() === '' && line > block.start;
    const name = printedKey(path.slice(length));
    if (!alone) {
      const inside = text.slice(block.start + 1, block.end - 1);
      return [{ start: block.start + 1, end: block.start + 1, text: ` ${name} = ${value}${inside.trim() === '' ? (inside === '' ? ' ' : '') : ','}` }];
    }
    const sibling = block.entries.at(-1);
    const pad = sibling ? text.slice(text.lastIndexOf('\n', sibling.start - 1) + 1, sibling.start) : `${text.slice(line, block.end - 1)}  `;
    return [{ start: line, end: line, text: `${/^\s*$/.test(pad) ? pad : '  '}${name} = ${value}${eol}` }];
  }
  const ended = text === '' || text.endsWith('\n');
  return [{ start: text.length, end: text.length, text: `${ended ? '' : eol}${printedKey(path)} = ${value}${ended ? eol : ''}` }];
}

/** A scalar of the file with its full path, and the span of its name and value. */
export interface HoconPair extends Span {
  readonly path: readonly string[];
  readonly value: HoconScalar;
}

/** Every scalar that stands under a name, in the order of the file; those in lists of objects too. */
export function pairsOf(object: HoconObject, above: readonly string[] = []): readonly HoconPair[] {
  return object.entries.flatMap(({ path, value, start }) => below([...above, ...path], value, start));
}

function below(path: readonly string[], value: HoconValue, start: number): readonly HoconPair[] {
  if (value.kind === 'object') return pairsOf(value, path);
  if (value.kind === 'list') return value.items.flatMap((item) => (item.kind === 'object' ? pairsOf(item, path) : []));
  return [{ path, value, start, end: value.end }];
}
