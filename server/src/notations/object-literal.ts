import type { Comment } from '#engine/format.js';
import type { Slot } from '#engine/setting.js';
import { lineEnd, type Edit, type Span } from '#engine/text.js';

/** A program text of which only the object it exports is read: literals as they stand, everything else as an expression nobody evaluates. */
export interface Exported {
  readonly text: string;
  /** The object behind `module.exports =` or `export default`; absent where something else is exported. */
  readonly root?: ObjectLiteral;
  readonly comments: readonly Comment[];
  /** The statements outside the object that give a name a literal. */
  readonly assignments: readonly Assignment[];
}

/** `process.env.NAME = literal` and the like, outside the exported object. */
export interface Assignment extends Span {
  readonly target: string;
  readonly raw: string;
  readonly value: Span;
}

export interface ObjectLiteral extends Span {
  readonly kind: 'object';
  readonly members: readonly Member[];
  /** Whether it is merged with something else: `...shared`. */
  readonly spread: boolean;
}

export interface Member extends Span {
  readonly name: string;
  readonly value: Literal;
}

export type Literal =
  | ObjectLiteral
  | ({ readonly kind: 'array'; readonly items: readonly Literal[] } & Span)
  | ({ readonly kind: 'string' | 'number' | 'word'; readonly raw: string } & Span)
  | ({ readonly kind: 'expression'; readonly raw: string } & Span);

/** Levels of nesting that are read; what is deeper is an expression. */
const deepest = 60;

/** Reads a text in one pass; never throws, evaluates nothing. */
export function parseExported(text: string): Exported {
  const reader = new Reader(text);
  const root = reader.find();
  return { text, ...(root && { root }), comments: reader.comments, assignments: reader.assignments };
}

class Reader {
  at = 0;
  readonly comments: Comment[] = [];
  readonly assignments: Assignment[] = [];
  /** The last character that was no space or comment: decides whether a slash divides or begins a pattern. */
  before = '';

  constructor(readonly text: string) {}

  /** Walks over the statements of the file to the exported object. */
  find(): ObjectLiteral | undefined {
    let root: ObjectLiteral | undefined;
    const named = new Map<string, ObjectLiteral>();
    let exported: string | undefined;
    while (this.at < this.text.length) {
      this.space();
      const from = this.at;
      const target = this.path();
      if (target === '') {
        if (this.at < this.text.length) this.skipOne();
        continue;
      }
      if (target === 'const' || target === 'let' || target === 'var') continue;
      this.space();
      const isDefault = target === 'default' && /\bexport\s*$/.test(this.text.slice(Math.max(0, from - 20), from));
      const isAssigned = this.text[this.at] === '=' && this.text[this.at + 1] !== '=' && this.text[this.at + 1] !== '>';
      if (!isDefault && !isAssigned) {
        this.before = 'a';
        continue;
      }
      if (isAssigned) this.at++;
      this.before = '=';
      const value = this.value(0);
      if (value.kind === 'object') {
        if (target === 'module.exports' || target === 'exports.default' || isDefault) root = value;
        else if (!target.includes('.')) named.set(target, value);
      } else if (value.kind === 'expression') {
        if (target === 'module.exports' || isDefault) exported = value.raw;
      } else if (value.kind !== 'array')
        this.assignments.push({ target, raw: value.raw, value: { start: value.start, end: value.end }, start: from, end: value.end });
    }
    return root ?? (exported === undefined ? undefined : named.get(exported));
  }

  /** A name with dots. */
  path(): string {
    const from = this.at;
    while (this.at < this.text.length && /[\w$.]/.test(this.text[this.at]!)) this.at++;
    return this.text.slice(from, this.at);
  }

  value(depth: number): Literal {
    this.space();
    const start = this.at;
    const literal = this.literal(depth);
    const end = this.at;
    this.space();
    if (literal && this.ended()) return literal;
    this.at = literal ? this.at : start;
    const last = this.skipExpression(literal ? end : start);
    const raw = this.text.slice(start, last).trim();
    return { kind: 'expression', raw, start, end: start + raw.length };
  }

  ended(): boolean {
    const char = this.text[this.at];
    return (
      char === undefined ||
      char === ',' ||
      char === '}' ||
      char === ']' ||
      char === ')' ||
      char === ';' ||
      (/\n/.test(this.text.slice(this.lastEnd, this.at)) && !/[.+\-*/?&|=<>([`%^]/.test(char))
    );
  }

  lastEnd = 0;

  literal(depth: number): Literal | undefined {
    const { text } = this;
    const start = this.at;
    const char = text[start];
    if (char === '"' || char === "'" || char === '`') {
      const raw = this.quoted(char);
      this.lastEnd = this.at;
      return raw === undefined ? undefined : { kind: 'string', raw, start, end: this.at };
    }
    if (char === '{' || char === '[') {
      if (depth >= deepest) return undefined;
      this.at++;
      const found: Literal = char === '{' ? this.object(start, depth + 1) : this.array(start, depth + 1);
      this.lastEnd = this.at;
      return found;
    }
    const word = /^-?[\w.]{1,40}(?![\w$.])/.exec(text.slice(start, start + 42))?.[0];
    if (word === undefined) return undefined;
    const kind = /^(true|false|null|undefined)$/.test(word) ? 'word' : /^-?\d/.test(word) ? 'number' : undefined;
    if (!kind) return undefined;
    this.at += word.length;
    this.before = 'a';
    this.lastEnd = this.at;
    return { kind, raw: word, start, end: this.at };
  }

  object(start: number, depth: number): ObjectLiteral {
    const members: Member[] = [];
    let spread = false;
    for (;;) {
      this.before = ',';
      this.space();
      const char = this.text[this.at];
      if (char === undefined) break;
      if (char === '}') {
        this.at++;
        break;
      }
      const from = this.at;
      if (this.text.startsWith('...', from)) spread = true;
      const name = char === '"' || char === "'" ? this.quoted(char) : this.text.startsWith('...', from) ? '' : this.path();
      this.space();
      if (name && this.text[this.at] === ':') {
        this.at++;
        this.before = ':';
        const value = this.value(depth);
        members.push({ name, value, start: from, end: value.end });
      } else {
        // A method, a getter, a shorthand or a spread: what it gives is not known.
        this.before = ',';
        const end = this.skipExpression(this.at);
        const method = /^(?:[a-z]+\s+|\*\s*)?([\w$]+)/.exec(this.text.slice(from, from + 80))?.[1];
        if (method && char !== '.') members.push({ name: method, value: { kind: 'expression', raw: '', start: from, end }, start: from, end });
      }
      this.space();
      if (this.text[this.at] === ',') this.at++;
      else if (this.at === from) this.at++;
    }
    this.before = '}';
    return { kind: 'object', members, spread, start, end: this.at };
  }

  array(start: number, depth: number): Literal {
    const items: Literal[] = [];
    for (;;) {
      this.before = ',';
      this.space();
      const char = this.text[this.at];
      if (char === undefined || char === '}') break;
      if (char === ']') {
        this.at++;
        break;
      }
      const from = this.at;
      if (char !== ',') items.push(this.value(depth));
      this.space();
      if (this.text[this.at] === ',' || this.at === from) this.at++;
    }
    this.before = ']';
    return { kind: 'array', items, start, end: this.at };
  }

  /** Passes over an expression to the comma, closing bracket or semicolon behind it; gives where its own text ends. */
  skipExpression(from: number): number {
    let depth = 0;
    let last = from;
    while (this.at < this.text.length) {
      this.space();
      const char = this.text[this.at];
      if (char === undefined) break;
      if (depth === 0 && (char === ',' || char === '}' || char === ']' || char === ')' || char === ';')) break;
      if (char === '(' || char === '[' || char === '{') depth++;
      else if (char === ')' || char === ']' || char === '}') depth--;
      this.skipOne();
      last = this.at;
    }
    return last;
  }

  /** Passes over one character, string, template or pattern. */
  skipOne(): void {
    const char = this.text[this.at]!;
    if (char === '"' || char === "'" || char === '`') this.quoted(char);
    else if (char === '/' && /[(,=:[!&|?{};+\-*%<>~^]|^$/.test(this.before)) this.pattern();
    else {
      this.at++;
      this.before = char;
    }
  }

  pattern(): void {
    let inClass = false;
    for (this.at++; this.at < this.text.length; this.at++) {
      const char = this.text[this.at]!;
      if (char === '\n') break;
      if (char === '\\') this.at++;
      else if (char === '[') inClass = true;
      else if (char === ']') inClass = false;
      else if (char === '/' && !inClass) {
        this.at++;
        break;
      }
    }
    this.before = 'a';
  }

  /** The text of a string; `undefined` for a template with holes and for a string that is not closed. */
  quoted(mark: string): string | undefined {
    const { text } = this;
    let raw = '';
    let holes = false;
    let closed = false;
    for (this.at++; this.at < text.length; this.at++) {
      const char = text[this.at]!;
      if (char === mark) {
        closed = true;
        this.at++;
        break;
      }
      if (char === '\n' && mark !== '`') break;
      if (char === '\\') raw += escapes[text[++this.at] ?? ''] ?? text[this.at] ?? '';
      else if (mark === '`' && char === '$' && text[this.at + 1] === '{') holes = true;
      else raw += char;
    }
    this.before = 'a';
    return closed && !holes ? raw : undefined;
  }

  space(): void {
    const { text } = this;
    for (; this.at < text.length; this.at++) {
      const char = text[this.at]!;
      if (char === '/' && (text[this.at + 1] === '/' || text[this.at + 1] === '*')) {
        const block = text[this.at + 1] === '*';
        const stop = block ? text.indexOf('*/', this.at + 2) : text.indexOf('\n', this.at);
        let end = stop < 0 ? text.length : block ? stop + 2 : stop;
        if (!block && text[end - 1] === '\r') end--;
        this.comments.push({ start: this.at, end, text: text.slice(this.at + 2, block && stop >= 0 ? end - 2 : end) });
        this.at = end - 1;
      } else if (!/\s/.test(char)) return;
    }
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** The value at a path: names of members. Of several members of one name the last counts, as the language has it. */
export function literalAt(file: Exported, path: readonly string[]): Literal | undefined {
  let value: Literal | undefined = file.root;
  for (const name of path) value = lastMember(value, name)?.value;
  return value;
}

/** The member at a path with its name; none for what is not written out. */
export function memberAt(file: Exported, path: readonly string[]): Member | undefined {
  return lastMember(literalAt(file, path.slice(0, -1)), path.at(-1));
}

function lastMember(object: Literal | undefined, name: string | undefined): Member | undefined {
  return object?.kind === 'object' ? object.members.filter((member) => member.name === name).at(-1) : undefined;
}

/** Why a path that is missing may be stated all the same, or cannot be known. */
export function obscuredAt(file: Exported, path: readonly string[]): string | undefined {
  if (!file.root) return 'the file does not write its settings out as one object';
  for (let length = 0; length < path.length; length++) {
    const value = literalAt(file, path.slice(0, length));
    if (value?.kind === 'expression') return 'an expression decides it';
    if (value?.kind === 'object' && value.spread && !memberAt(file, path.slice(0, length + 1))) return 'another object that is merged in may state it';
  }
  return undefined;
}

/** What to point at for a member: the line it begins on. */
export function firstLine(file: Exported, { start, end }: Span): Span {
  const stop = file.text.indexOf('\n', start);
  if (stop < 0 || stop >= end) return { start, end };
  return { start, end: file.text[stop - 1] === '\r' ? stop - 1 : stop };
}

/** Where a person would write a member that is missing: the deepest object on the way, by its name. */
export function nearestTo(file: Exported, path: readonly string[]): Span {
  for (let length = path.length - 1; length > 0; length--) {
    const member = memberAt(file, path.slice(0, length));
    if (member) return firstLine(file, { start: member.start, end: member.value.kind === 'object' ? member.start + member.name.length : member.end });
  }
  if (!file.root) return { start: 0, end: 0 };
  const line = file.text.lastIndexOf('\n', file.root.start) + 1;
  return { start: line, end: file.root.start + 1 };
}

/** The literal at a path as a slot. Absent, it is written first into the deepest object that exists. */
export function slot(file: Exported, path: readonly string[], writing: 'string' | 'literal'): Slot {
  const member = memberAt(file, path);
  const print = (raw: string) => (writing === 'string' ? quote(raw) : raw);
  if (!member) {
    const because = obscuredAt(file, path);
    return { span: nearestTo(file, path), ...(because !== undefined && { obscured: because }), write: (raw) => insert(file, path, print(raw)) };
  }
  const { value } = member;
  const span = firstLine(file, member);
  if (value.kind === 'expression') return { span, obscured: 'an expression decides it', write: () => [] };
  if (value.kind === 'object' || value.kind === 'array')
    return { span, obscured: 'the file holds a list or an object where one value is expected', write: () => [] };
  return {
    span,
    raw: value.raw,
    write: (raw) =>
      raw === value.raw ? [] : [{ start: value.start, end: value.end, text: value.kind === 'string' ? quote(raw, file.text[value.start]) : print(raw) }],
  };
}

/** Replaces the value of a member, or writes the member, as program text. */
export function put(file: Exported, path: readonly string[], text: string): readonly Edit[] {
  const member = memberAt(file, path);
  return member ? [{ start: member.value.start, end: member.value.end, text }] : insert(file, path, text);
}

function quote(raw: string, mark = "'"): string {
  const wanted = mark === '`' ? "'" : mark;
  const inside = raw.replace(/[\\\n\r\t]/g, (char) => ({ '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' })[char]!);
  return wanted + inside.replaceAll(wanted, `\\${wanted}`) + wanted;
}

const printedName = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name));

function insert(file: Exported, path: readonly string[], value: string): readonly Edit[] {
  for (let length = path.length - 1; length >= 0; length--) {
    const object = literalAt(file, path.slice(0, length));
    if (object === undefined) continue;
    if (object.kind !== 'object') return [];
    const names = path.slice(length);
    const written = names.slice(1).reduceRight((inner, name) => `{ ${printedName(name)}: ${inner} }`, value);
    const member = `${printedName(names[0]!)}: ${written}`;
    const at = object.start + 1;
    const first = object.members[0];
    const { text } = file;
    const line = first ? text.lastIndexOf('\n', first.start) + 1 : 0;
    if (first && line > object.start) return [{ start: at, end: at, text: `${lineEnd(text)}${/^[ \t]*/.exec(text.slice(line, first.start))![0]}${member},` }];
    return [{ start: at, end: at, text: ` ${member}${first ? ',' : text[at] === '}' ? ' ' : ','}` }];
  }
  return [];
}
