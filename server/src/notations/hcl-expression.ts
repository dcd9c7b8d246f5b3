import type { Span } from '#engine/text.js';
import { table } from '#engine/table.js';
import type { Entry, Expression } from './hcl.js';
import { deepest, type HclCursor } from './hcl-cursor.js';

/** How many heredocs may lack their end before the rest of such a file is no longer searched for one. */
const patience = 20;

const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const strength: Readonly<Record<string, number>> = table({ '||': 1, '&&': 2, '==': 3, '!=': 3, '<': 4, '>': 4, '<=': 4, '>=': 4, '+': 5, '-': 5, '*': 6, '/': 6, '%': 6 });

/** An expression up to what cannot belong to it: a line end, a comma, a closing bracket. */
export function readExpression(c: HclCursor): Expression {
  c.blank(c.folded);
  const start = c.at;
  if (c.depth >= deepest) {
    c.skipBrackets();
    return { kind: 'opaque', start, end: c.at };
  }
  c.depth++;
  let value = binary(c, 0);
  const end = c.at;
  c.blank(c.folded);
  if (c.next === '?') {
    c.at++;
    const then = readExpression(c);
    c.blank(true);
    if (c.text[c.at] === ':') c.at++;
    const otherwise = readExpression(c);
    value = { kind: 'conditional', test: value, then, otherwise, start, end: otherwise.end };
  } else c.at = end;
  c.depth--;
  return value;
}

function binary(c: HclCursor, least: number): Expression {
  let left = unary(c);
  for (;;) {
    const before = c.at;
    c.blank(c.folded);
    const operator = operatorAt(c);
    if (operator === undefined || strength[operator]! <= least) {
      c.at = before;
      return left;
    }
    c.at += operator.length;
    c.blank(c.folded);
    const right = binary(c, strength[operator]!);
    left = { kind: 'operation', operator, operands: [left, right], start: left.start, end: right.end };
  }
}

function operatorAt({ text, at }: HclCursor): string | undefined {
  const sign = text[at] ?? '';
  if (sign === '' || !'|&=!<>+-*/%'.includes(sign)) return undefined;
  const pair = text.slice(at, at + 2);
  return pair in strength ? pair : sign in strength ? sign : undefined;
}

function unary(c: HclCursor): Expression {
  const start = c.at;
  const sign = c.next;
  if ((sign !== '!' && sign !== '-') || c.depth >= deepest) return postfix(c);
  c.at++;
  c.depth++;
  const operand = unary(c);
  c.depth--;
  if (sign === '-' && operand.kind === 'literal' && typeof operand.value === 'number') return { ...operand, value: -operand.value, start };
  return { kind: 'operation', operator: sign, operands: [operand], start, end: operand.end };
}

function postfix(c: HclCursor): Expression {
  const value = primary(c);
  const steps: string[] = [];
  const computed = new Map<number, Expression>();
  const before = value.kind === 'reference' ? value.path.length : 0;
  for (;;) {
    let step: string | undefined;
    if (c.next === '.') {
      if (c.text.startsWith('...', c.at)) break;
      c.at++;
      step = star(c) ?? c.word() ?? c.match(number);
      if (step === undefined) break;
    } else if (c.next === '[') {
      c.at++;
      step = star(c);
      if (step === undefined) {
        const index = c.folding(true, () => readExpression(c));
        step = index.kind === 'literal' ? String(index.value) : '?';
        if (step === '?') computed.set(before + steps.length, index);
      }
      close(c, ']');
    } else break;
    steps.push(step);
  }
  if (steps.length === 0) return value;
  const more = { ...(computed.size > 0 && { indices: computed }), start: value.start, end: c.at };
  return value.kind === 'reference' ? { kind: 'reference', path: [...value.path, ...steps], ...more } : { kind: 'access', of: value, path: steps, ...more };
}

function star(c: HclCursor): string | undefined {
  if (c.next !== '*') return undefined;
  c.at++;
  return '*';
}

function close(c: HclCursor, bracket: ')' | ']'): void {
  c.blank(true);
  if (c.next === bracket) c.at++;
}

function primary(c: HclCursor): Expression {
  const start = c.at;
  const { next } = c;
  if (next === '"') return readQuoted(c);
  if (next === '<' && c.text[start + 1] === '<') return heredoc(c);
  if (next === '[') return list(c);
  if (next === '{') return object(c);
  if (next === '(') {
    c.at++;
    const value = c.folding(true, () => readExpression(c));
    close(c, ')');
    return { ...value, start, end: c.at };
  }
  if (next >= '0' && next <= '9' && c.match(number) !== undefined) return { kind: 'literal', value: Number(c.text.slice(start, c.at)), start, end: c.at };
  const word = c.atTopmost() ? undefined : c.word();
  if (word === undefined) return { kind: 'opaque', start, end: start };
  const end = c.at;
  if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true', start, end };
  if (word === 'null') return { kind: 'literal', value: null, start, end };
  if (c.text.startsWith('::', end)) {
    c.restOfLine();
    return { kind: 'opaque', start, end: c.at };
  }
  if (c.next !== '(') return { kind: 'reference', path: [word], start, end };
  c.at++;
  const args = sequence(c, ')');
  const expands = /\.\.\.\s{0,20}\)?$/.test(c.text.slice(Math.max(args.at(-1)?.end ?? start, c.at - 24), c.at));
  return { kind: 'call', name: word, args, ...(expands && { expands: true as const }), start, end: c.at };
}

function list(c: HclCursor): Expression {
  const start = c.at++;
  if (isFor(c)) return comprehension(c, start, ']');
  const items = sequence(c, ']');
  return { kind: 'list', items, start, end: c.at };
}

/** Expressions between commas, up to and with the closing bracket. */
function sequence(c: HclCursor, bracket: ')' | ']'): readonly Expression[] {
  return c.folding(true, () => {
    const items: Expression[] = [];
    for (;;) {
      c.blank(true);
      const before = c.at;
      if (c.next === '' || c.next === '}' || c.atTopmost()) return items;
      if (c.next === bracket) {
        c.at++;
        return items;
      }
      if (c.next === ',' || c.next === '.') {
        c.at++;
        continue;
      }
      items.push(readExpression(c));
      if (c.at === before) c.at++;
    }
  });
}

function object(c: HclCursor): Expression {
  const start = c.at++;
  if (isFor(c)) return comprehension(c, start, '}');
  const entries: Entry[] = [];
  c.folding(false, () => {
    for (;;) {
      c.blank(true);
      const before = c.at;
      if (c.next === '' || c.atTopmost()) return;
      if (c.next === '}') {
        c.at++;
        return;
      }
      if (c.next === ',' || c.next === '{' || c.next === '[') {
        c.at++;
        continue;
      }
      const computed = c.next === '(';
      const key = postfix(c);
      const name = computed ? '?' : key.kind === 'literal' ? String(key.value) : key.kind === 'reference' ? key.path.join('.') : '?';
      c.blank(false);
      if (c.next === '=' || c.next === ':') {
        c.at++;
        const value = readExpression(c);
        entries.push({ name, nameSpan: { start: key.start, end: key.end }, value, start: key.start, end: value.end, ...(name === '?' && { key }) });
      }
      if (c.at === before) c.at++;
    }
  });
  return { kind: 'object', entries, start, end: c.at };
}

/** A text between quotes; it ends with its line where the closing quote is missing. */
export function readQuoted(c: HclCursor): Expression {
  const start = c.at++;
  const parts: (string | Expression)[] = [];
  let words = '';
  for (;;) {
    words += c.words(c.text.length, true);
    if (c.next === '"') c.at++;
    else if (c.next === '\\') {
      words += escape(c);
      continue;
    } else if (c.next === '$' || c.next === '%') {
      words = sign(c, parts, words, c.text.length);
      continue;
    }
    return template(parts, words, { start, end: c.at });
  }
}

function escape(c: HclCursor): string {
  const letter = c.text[c.at + 1] ?? '';
  if (letter === 'u' || letter === 'U') {
    const digits = /^[0-9a-fA-F]*/.exec(c.text.slice(c.at + 2, c.at + (letter === 'u' ? 6 : 10)))![0];
    c.at += 2 + digits.length;
    const code = digits === '' ? NaN : parseInt(digits, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  }
  c.at += letter === '\n' || letter === '' ? 1 : 2;
  return table<Readonly<Record<string, string>>>({ n: '\n', t: '\t', r: '\r' })[letter] ?? letter.trim();
}

/** At `$` or `%`: reads `${…}` or `%{…}` into the parts, behind the words before it. Gives the words that are then open. */
function sign(c: HclCursor, parts: (string | Expression)[], words: string, stop: number): string {
  const { text, next: mark } = c;
  if (text[c.at + 1] === mark && text[c.at + 2] === '{') {
    c.at += 3;
    return `${words}${mark}{`;
  }
  if (text[c.at + 1] !== '{') {
    c.at++;
    return words + mark;
  }
  if (words) parts.push(words);
  const start = c.at;
  c.at += 2;
  if (c.next === '~') c.at++;
  const value: Expression = mark === '$' ? c.folding(true, () => readExpression(c)) : { kind: 'opaque', start, end: start };
  c.blank(true);
  if (c.next === '~') c.at++;
  while (c.at < stop && c.next !== '\n' && c.text[c.at++] !== '}');
  parts.push({ ...value, start, end: c.at });
  return '';
}

function heredoc(c: HclCursor): Expression {
  const { text } = c;
  const start = c.at;
  c.at += text[start + 2] === '-' ? 3 : 2;
  const marker = c.word();
  c.restOfLine();
  const from = Math.min(c.at + 1, text.length);
  const stop = marker === undefined || c.unended >= patience ? -1 : lineOf(text, marker, from);
  if (marker === undefined || stop < 0) {
    c.unended++;
    return { kind: 'opaque', start, end: c.at };
  }
  const parts: (string | Expression)[] = [];
  let words = '';
  c.at = from;
  while (c.at < stop) {
    words += c.words(stop, false);
    if (c.at < stop) words = sign(c, parts, words, stop);
  }
  c.at = text.indexOf(marker, stop) + marker.length;
  return template(parts, words, { start, end: c.at });
}

/** Where the line begins that holds a word alone; -1 where there is none. */
function lineOf(text: string, word: string, from: number): number {
  for (let at = text.indexOf(word, from); at >= 0; ) {
    const line = text.lastIndexOf('\n', at) + 1;
    const end = text.indexOf('\n', at);
    if (line >= from && text.slice(line, end < 0 ? text.length : end).trim() === word) return line;
    at = end < 0 ? -1 : text.indexOf(word, end);
  }
  return -1;
}

function isFor(c: HclCursor): boolean {
  const before = c.at;
  c.blank(true);
  const found = c.text.startsWith('for', c.at) && /\s/.test(c.text[c.at + 3] ?? '');
  c.at = before;
  return found;
}

/** `for name, item in collection : …` up to and with the closing bracket. What is not complete is skipped as a whole. */
function comprehension(c: HclCursor, start: number, bracket: ']' | '}'): Expression {
  const found = c.folding(true, () => {
    c.blank(true);
    c.at += 3;
    const first = wordAfterBlank(c);
    const second = ends(c, ',') ? wordAfterBlank(c) : undefined;
    if (first === undefined || wordAfterBlank(c) !== 'in') return undefined;
    const over = readExpression(c);
    if (!ends(c, ':')) return undefined;
    const left = readExpression(c);
    const value = bracket === '}' && ends(c, '=>') ? readExpression(c) : undefined;
    if (bracket === '}' && !value) return undefined;
    const grouped = ends(c, '...');
    c.blank(true);
    const conditional = c.text.startsWith('if', c.at) && !/[\w-]/.test(c.text[c.at + 2] ?? '');
    if (conditional) c.at += 2;
    const when = conditional ? readExpression(c) : undefined;
    const names = second === undefined ? { item: first } : { index: first, item: second };
    return ends(c, bracket) ? ({ kind: 'for', over, ...names, ...(value ? { key: left, value } : { value: left }), when, grouped } as const) : undefined;
  });
  if (found) return { ...found, start, end: c.at };
  c.skipBrackets();
  return { kind: 'opaque', start, end: c.at };
}

function wordAfterBlank(c: HclCursor): string | undefined {
  c.blank(true);
  return c.word();
}

/** Whether a sign is next; then moves behind it. */
function ends(c: HclCursor, sign: string): boolean {
  c.blank(true);
  if (!c.text.startsWith(sign, c.at)) return false;
  c.at += sign.length;
  return true;
}

/** A text without holes is a literal, a lone hole the expression in it. */
function template(parts: readonly (string | Expression)[], rest: string, span: Span): Expression {
  const all = rest === '' ? parts : [...parts, rest];
  const only = all[0];
  if (all.length === 0) return { kind: 'literal', value: '', ...span };
  if (all.every((part) => typeof part === 'string')) return { kind: 'literal', value: all.join(''), ...span };
  if (all.length === 1 && typeof only === 'object') return { ...only, ...span };
  return { kind: 'template', parts: all, ...span };
}
