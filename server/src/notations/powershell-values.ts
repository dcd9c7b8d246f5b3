import type { Span } from '#engine/text.js';

/** What a script writes where a value is meant, before anything is known of its variables. */
export type Expression =
  | { readonly kind: 'literal'; readonly text: string; readonly span: Span; readonly quoted: boolean }
  /** Text with variables in it: what stands between double quotes. */
  | { readonly kind: 'template'; readonly text: string; readonly span: Span }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'table'; readonly entries: readonly TableEntry[] }
  | { readonly kind: 'variable'; readonly name: string; readonly path: readonly string[] }
  /** Parts put one behind the other, with a separator that stands once between them. */
  | { readonly kind: 'joined'; readonly parts: readonly Expression[]; readonly by: '' | '\\' };

export interface TableEntry {
  readonly key: string;
  readonly span: Span;
  readonly value: Expression;
}

/** A text, and how many values may still be read of it: what is read in vain is read once more inside. */
export interface Source {
  readonly text: string;
  left: number;
}

interface Read<T> {
  readonly value: T;
  readonly end: number;
}

/** Levels of nesting that are read. */
const deepest = 30;
const cast = /\[[\w.]{1,60}(?:\[\])?\](?!::)[ \t]*/y;
const variable = /\$(?:\{(?:(?:script|global|local|private):)?(\w{1,80})\}|(?:(?:script|global|local|private):)?(\w{1,80})(?!:))/iy;
const member = /\.(\w{1,80})(?![\w(])|\[\s*(?:'(\w{1,80})'|"(\w{1,80})"|(\w{1,80})|(\$\w{1,80}))\s*\]/y;
const number = /-?(?:0x[0-9a-f]{1,16}|\d{1,20})(?![\w.])/iy;
export const joinPath = /Join-Path\s+/iy;
const option = /-(?:Path|ChildPath|AdditionalChildPath)\s+/iy;
const bareWord = /[\w:\\{}.-]{1,300}/y;
const key = /(?:'([^'\n]{1,200})'|"([^"\n$`]{1,200})"|([\w.-]{1,200}))[ \t]*=[ \t]*/y;

function sticky(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Where the next thing stands: behind blanks, and inside brackets behind line ends and comments too. */
export function skipped(text: string, start: number, lines: boolean): number {
  let at = start;
  for (;;) {
    const letter = text[at];
    if (letter === ' ' || letter === '\t' || letter === '\r' || lines && letter === '\n') at++;
    else if (letter === '`' && /^`\r?\n/.test(text.slice(at, at + 3))) at = text.indexOf('\n', at) + 1;
    else if (lines && letter === '#') {
      const stop = text.indexOf('\n', at);
      at = stop < 0 ? text.length : stop;
    } else return at;
  }
}

/**
 * An expression at a place; none where anything stands there that is more than values. Commas bind before plus signs.
 */
export function readExpression(source: Source, start: number, depth = 0, lines = false): Read<Expression> | undefined {
  return readSum(source, start, depth, lines, readList);
}

function readList(source: Source, start: number, depth: number, lines: boolean): Read<Expression> | undefined {
  const { text } = source;
  const first = readTerm(source, start, depth);
  if (!first) return undefined;
  let { end } = first;
  const items = [first.value];
  for (let at = skipped(text, end, lines); text[at] === ','; at = skipped(text, end, lines)) {
    const next = readTerm(source, skipped(text, at + 1, true), depth);
    if (!next) return undefined;
    items.push(next.value);
    end = next.end;
  }
  return { value: items.length === 1 ? first.value : { kind: 'list', items }, end };
}

/** One value, or several put together by plus signs. */
export function readSum(source: Source, start: number, depth = 0, lines = false,
  part: typeof readList = readTerm): Read<Expression> | undefined {
  const { text } = source;
  const first = part(source, start, depth, lines);
  if (!first) return undefined;
  let { end } = first;
  const parts = [first.value];
  for (let at = skipped(text, end, lines); text[at] === '+' && text[at + 1] !== '='; at = skipped(text, end, lines)) {
    const next = part(source, skipped(text, at + 1, true), depth, lines);
    if (!next) return undefined;
    parts.push(next.value);
    end = next.end;
  }
  return { value: parts.length === 1 ? first.value : { kind: 'joined', parts, by: '' }, end };
}

function readTerm(source: Source, start: number, depth: number): Read<Expression> | undefined {
  const { text } = source;
  if (depth > deepest || --source.left < 0) return undefined;
  let at = skipped(text, start, false);
  for (let found = sticky(cast, text, at); found; found = sticky(cast, text, at)) at += found[0].length;
  const letter = text[at];
  if (letter === "'" || letter === '"') return readString(source, at);
  if (text.startsWith('@(', at)) return readItems(source, at + 2, depth);
  if (text.startsWith('@{', at)) return readTable(source, at + 2, depth);
  if (letter === '(' || text.startsWith('$(', at)) {
    const inside = skipped(text, at + (letter === '(' ? 1 : 2), true);
    const held = sticky(joinPath, text, inside) ? readJoinPath(source, inside, depth + 1) : readExpression(source,
      inside, depth + 1, true);
    const close = held ? skipped(text, held.end, true) : -1;
    return held && text[close] === ')' ? withMembers(source, held.value, close + 1) : undefined;
  }
  if (letter === '$') return readVariable(source, at);
  const found = sticky(number, text, at);
  return found ? { value: { kind: 'literal', text: found[0], span: { start: at, end: at + found[0].length },
    quoted: false }, end: at + found[0].length } : undefined;
}

function readString(source: Source, at: number): Read<Expression> | undefined {
  const { text } = source;
  const quote = text[at]!;
  let close = at + 1;
  while (close < text.length && text[close] !== quote && text[close] !== '\n') close += text[close] === '`'
    && quote === '"' ? 2 : 1;
  if (text[close] !== quote || text[close + 1] === quote) return undefined;
  const span = { start: at + 1, end: close };
  const said = text.slice(at + 1, close);
  const value: Expression = quote === '"' && /[$`]/.test(said) ? { kind: 'template', text: said, span }
    : { kind: 'literal', text: said, span, quoted: true };
  return { value, end: close + 1 };
}

function readVariable(source: Source, at: number): Read<Expression> | undefined {
  const { text } = source;
  const found = sticky(variable, text, at);
  if (!found) return undefined;
  const name = (found[1] ?? found[2]!).toLowerCase();
  const end = at + found[0].length;
  if (name === 'true' || name === 'false' || name === 'null') return { value: { kind: 'literal', text: found[0],
    span: { start: at, end }, quoted: false }, end };
  return withMembers(source, { kind: 'variable', name, path: [] }, end);
}

/** `.Path`, `['Path']`, `[$name]`, `.GetEnumerator()`, `.Keys` behind a variable. */
function withMembers(source: Source, value: Expression, start: number): Read<Expression> | undefined {
  const { text } = source;
  let end = start;
  const path: string[] = [];
  for (let found = sticky(member, text, end); found; found = sticky(member, text, end)) {
    path.push((found[1] ?? found[2] ?? found[3] ?? found[4] ?? found[5]!).toLowerCase());
    end += found[0].length;
  }
  const each = /^\.GetEnumerator\(\)/i.exec(text.slice(end, end + 20));
  if (each) {
    path.push('getenumerator()');
    end += each[0].length;
  } else if (text[end] === '.' && /\w/.test(text[end + 1] ?? '') || text[end] === '[') return undefined;
  if (path.length === 0) return { value, end };
  return value.kind === 'variable' ? { value: { ...value, path: [...value.path, ...path] }, end } : undefined;
}

/** `@( … )`: expressions behind commas, semicolons and line ends. */
function readItems(source: Source, start: number, depth: number): Read<Expression> | undefined {
  const { text } = source;
  const items: Expression[] = [];
  for (let at = separated(text, start); at < text.length; at = separated(text, at)) {
    if (text[at] === ')') return { value: { kind: 'list', items }, end: at + 1 };
    const next = readExpression(source, at, depth + 1);
    if (!next) return undefined;
    if (next.value.kind === 'list' && text[at] !== '@') items.push(...next.value.items);
    else items.push(next.value);
    at = next.end;
  }
  return undefined;
}

function readTable(source: Source, start: number, depth: number): Read<Expression> | undefined {
  const { text } = source;
  const entries: TableEntry[] = [];
  for (let at = separated(text, start); at < text.length; at = separated(text, at)) {
    if (text[at] === '}') return { value: { kind: 'table', entries }, end: at + 1 };
    const found = sticky(key, text, at);
    if (!found) return undefined;
    const value = readExpression(source, at + found[0].length, depth + 1);
    if (!value) return undefined;
    entries.push({ key: found[1] ?? found[2] ?? found[3]!, span: { start: at, end: value.end }, value: value.value });
    at = value.end;
  }
  return undefined;
}

function separated(text: string, start: number): number {
  let at = skipped(text, start, true);
  while (text[at] === ';' || text[at] === ',') at = skipped(text, at + 1, true);
  return at;
}

/** `Join-Path $base 'Lsa'` in brackets, or as a statement of its own (depth 0), with its switches or without. */
export function readJoinPath(source: Source, start: number, depth: number): Read<Expression> | undefined {
  const { text } = source;
  let at = start + sticky(joinPath, text, start)![0].length;
  const parts: Expression[] = [];
  while (at < text.length && !/[)\n;}|]/.test(text[at]!)) {
    at += sticky(option, text, at)?.[0].length ?? 0;
    const bare = /[\w]/.test(text[at] ?? '') ? sticky(bareWord, text, at) : null;
    const next: Read<Expression> | undefined = bare
      ? { value: { kind: 'literal', text: bare[0], span: { start: at, end: at + bare[0].length }, quoted: false },
        end: at + bare[0].length }
      : readTerm(source, at, depth);
    if (!next) return undefined;
    parts.push(next.value);
    at = skipped(text, next.end, depth > 0);
  }
  return parts.length > 1 ? { value: { kind: 'joined', parts, by: '\\' }, end: at } : undefined;
}
