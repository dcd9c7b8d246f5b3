import type { Comment } from '#engine/format.js';
import type { Span } from '#engine/text.js';
import { table } from '#engine/table.js';

/** A program text of which only the object it exports is read: literals as they stand, everything else as an expression nobody evaluates. */
export interface Exported {
  readonly text: string;
  /** The object that is handed out; absent where something else is. */
  readonly root?: ObjectLiteral;
  readonly comments: readonly Comment[];
  /** The statements outside the object that give a name a value. */
  readonly assignments: readonly Assignment[];
}

/** `process.env.NAME = value` and the like, outside the exported object: a literal, or an expression as it stands. */
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
  /** It is assigned behind the object, in a place that is not always reached. */
  readonly conditional?: true;
}

/** `settings.adminAuth = …` behind the object: what it adds, or puts in place of what the object states. */
interface Addition extends Span {
  readonly target: string;
  readonly value: Literal;
  readonly conditional: boolean;
}

export type Literal =
  | ObjectLiteral
  | ({ readonly kind: 'array'; readonly items: readonly Literal[] } & Span)
  | ({ readonly kind: 'string' | 'number' | 'word'; readonly raw: string } & Span)
  | ({ readonly kind: 'expression'; readonly raw: string } & Span);

/** Levels of nesting that are read; what is deeper is an expression. */
const deepest = 60;

/** How a program hands its object out. */
export interface Exporting {
  /** What the object is assigned to: `module.exports`, `window.config`. `export default` always counts. */
  readonly targets: readonly string[];
  /** Whether the host calls a function that stands in place of the object, and takes what it returns. */
  readonly called: boolean;
}

const nodeModule: Exporting = { targets: ['module.exports', 'exports.default'], called: false };

/** Reads a text in one pass; never throws, evaluates nothing. */
export function parseExported(text: string, exporting: Exporting = nodeModule): Exported {
  const reader = new Reader(text, exporting);
  const root = reader.find();
  return { text, ...(root && { root }), comments: reader.comments, assignments: reader.assignments };
}

/** An object with what is assigned to it behind it. */
function grown(object: ObjectLiteral, added: readonly Addition[], owners: readonly string[], isOpen: boolean): ObjectLiteral {
  let root: ObjectLiteral = isOpen ? { ...object, spread: true } : object;
  for (const addition of added) {
    const owner = owners.find((name) => addition.target.startsWith(`${name}.`));
    if (owner === undefined) continue;
    root = withMember(root, addition.target.slice(owner.length + 1).split('.'), addition) ?? root;
  }
  return root;
}

function withMember(object: ObjectLiteral, [name, ...below]: readonly string[], addition: Addition): ObjectLiteral | undefined {
  const { start, end, value, conditional } = addition;
  if (name === undefined) return undefined;
  if (below.length === 0) return { ...object, members: [...object.members, { name, value, start, end, ...(conditional && { conditional: true as const }) }] };
  const at = object.members.map((member) => member.name).lastIndexOf(name);
  const inner = object.members[at]?.value;
  const changed = inner?.kind === 'object' ? withMember(inner, below, addition) : undefined;
  return changed && { ...object, members: object.members.map((member, i) => (i === at ? { ...member, value: changed } : member)) };
}

class Reader {
  at = 0;
  readonly comments: Comment[] = [];
  readonly assignments: Assignment[] = [];
  /** The last character that was no space or comment: decides whether a slash divides or begins a pattern. */
  before = '';

  constructor(
    readonly text: string,
    readonly exporting: Exporting,
  ) {}

  /** Walks over the statements of the file to the exported object. */
  find(): ObjectLiteral | undefined {
    let root: ObjectLiteral | undefined;
    const named = new Map<string, ObjectLiteral>();
    const added: Addition[] = [];
    /** Objects that are given more than the text spells out. */
    const open = new Set<string>();
    let exported: string | undefined;
    let depth = 0;
    /** The depth of the statements of an exported function that is being walked over. */
    let body: number | undefined;
    while (this.at < this.text.length) {
      this.space();
      const from = this.at;
      const target = this.path();
      if (target === '') {
        const char = this.text[this.at];
        depth += char === '{' ? 1 : char === '}' ? -1 : 0;
        if (body !== undefined && depth < body) body = undefined;
        if (char !== undefined) this.skipOne();
        continue;
      }
      if (target === 'const' || target === 'let' || target === 'var') continue;
      const mixed = target === 'Object.assign' ? /^\s{0,20}\(\s{0,20}([\w$.]{1,200})\s{0,20},/.exec(this.text.slice(this.at, this.at + 300))?.[1] : undefined;
      if (mixed !== undefined) open.add(mixed);
      const names = this.names();
      if (names === undefined) open.add(target);
      const full = target + (names ?? '.');
      this.space();
      const isReturned = target === 'return' && depth === body;
      const isDefault = target === 'default' && /\bexport\s*$/.test(this.text.slice(Math.max(0, from - 20), from));
      const isAssigned = this.text[this.at] === '=' && this.text[this.at + 1] !== '=' && this.text[this.at + 1] !== '>';
      if (!isDefault && !isAssigned && !isReturned) {
        this.before = 'a';
        continue;
      }
      if (isAssigned) this.at++;
      this.before = '=';
      const isExported = isReturned || isDefault || this.exporting.targets.includes(full);
      if (isExported && !isReturned && this.exporting.called && this.enterFunction()) {
        if (this.text[this.at] !== '(') {
          body = depth + 1;
          continue;
        }
        this.at++;
      }
      const value = this.value(0);
      if (names !== undefined && full.includes('.') && !isExported && !isReturned) {
        const conditional = depth > 0 || /(?:\)|\belse)\s{0,200}$/.test(this.text.slice(Math.max(0, from - 210), from));
        added.push({ target: full, value, conditional, start: from, end: value.end });
      }
      if (value.kind === 'object') {
        if (isExported) root = value;
        else if (!full.includes('.')) named.set(full, value);
      } else if (value.kind === 'expression') {
        if (isExported) exported = value.raw;
      }
      if (value.kind !== 'array' && value.kind !== 'object')
        this.assignments.push({ target, raw: value.raw, value: { start: value.start, end: value.end }, start: from, end: value.end });
    }
    const found = root ?? (exported === undefined ? undefined : named.get(exported));
    const owners = [...this.exporting.targets, 'exports', ...(exported === undefined ? [] : [exported])];
    return found && grown(found, added, owners, owners.some((owner) => open.has(owner)));
  }

  /** `['name']` behind a path, as `.name`; `undefined` where an expression names the member. */
  names(): string | undefined {
    let names = '';
    while (this.text[this.at] === '[') {
      const match = /^\[\s{0,20}(?:'([\w$-]{1,100})'|"([\w$-]{1,100})")\s{0,20}\]/.exec(this.text.slice(this.at, this.at + 150));
      if (!match) return /^\[[^\]\n]{1,200}\]\s{0,20}=[^=]/.test(this.text.slice(this.at, this.at + 230)) ? undefined : names;
      names += `.${match[1] ?? match[2]}`;
      this.at += match[0].length;
    }
    return names;
  }

  /** Steps over the head of a function, `function name(…)` or `(…) =>`, to its `{` or to the `(` around what it gives. */
  enterFunction(): boolean {
    this.space();
    const head = /^(function\b\s{0,50}(?:[\w$]{1,100}\s{0,50})?\(|\(|[\w$]{1,100}\s*(?==>))/.exec(this.text.slice(this.at, this.at + 250))?.[0];
    if (head === undefined) return false;
    this.at += head.length;
    if (head.endsWith('(')) {
      this.before = '(';
      this.skipExpression(this.at, true);
      this.at++;
      this.space();
    }
    const isArrow = this.text.startsWith('=>', this.at);
    if (isArrow) {
      this.at += 2;
      this.space();
    }
    const char = this.text[this.at];
    this.before = '=';
    return (char === '{' && (isArrow || head.length > 1)) || (char === '(' && isArrow);
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

  /** Passes over an expression, or over a list of them, to the comma, closing bracket or semicolon behind it; gives where its own text ends. */
  skipExpression(from: number, isList = false): number {
    let depth = 0;
    let last = from;
    while (this.at < this.text.length) {
      this.space();
      const char = this.text[this.at];
      if (char === undefined) break;
      if (depth === 0 && ((char === ',' && !isList) || char === '}' || char === ']' || char === ')' || char === ';')) break;
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

const escapes: Readonly<Record<string, string>> = table({ n: '\n', t: '\t', r: '\r' });
