import type { Comment } from '#engine/format.js';
import type { Slot } from '#engine/setting.js';
import { lineEnd, type Edit, type Span } from '#engine/text.js';

/** A word, a string without its quotes, or one of `{ } , :`. */
export interface Token extends Span {
  readonly text: string;
}

/** One statement: a heading with what stands between its braces, or the tokens up to a line end or semicolon. */
export interface Statement {
  readonly tokens: readonly Token[];
  /** From the first token to the last one before the braces. */
  readonly span: Span;
  /** Present where braces hold statements: tables, chains, sets; not the braces of a list. */
  readonly block?: readonly Statement[];
  /** Behind the closing brace, or the last token. */
  readonly end: number;
  /** Where the closing brace of the block stands. */
  readonly close?: number;
}

/** A file of the nft language. */
export interface Ruleset {
  readonly text: string;
  readonly statements: readonly Statement[];
  readonly comments: readonly Comment[];
  /** A brace or a quote has no other half: nothing is written into the file. */
  readonly broken: boolean;
}

/** What may hold statements between braces; in a chain a brace always opens a list. */
const headings: ReadonlySet<string> = new Set([
  'table',
  'chain',
  'set',
  'map',
  'flowtable',
  'counter',
  'quota',
  'limit',
  'secmark',
  'synproxy',
  'ct',
  'tunnel',
]);
const verbs: ReadonlySet<string> = new Set(['add', 'create', 'replace']);

interface Opened {
  readonly tokens: readonly Token[];
  readonly block: Statement[];
  readonly list: boolean;
}

/** Reads a file in one pass; a stray or missing brace ends what is open. */
export function parseNft(text: string): Ruleset {
  const statements: Statement[] = [];
  const comments: Comment[] = [];
  const open: Opened[] = [];
  let tokens: Token[] = [];
  let lists = 0;
  let broken = false;
  const into = () => open.at(-1)?.block ?? statements;
  const finish = () => {
    if (tokens.length > 0) into().push(statementOf(tokens));
    tokens = [];
    broken ||= lists > 0;
    lists = 0;
  };
  const closeBlock = (at: number, end: number) => {
    const { tokens: heading, block } = open.pop()!;
    into().push({ ...statementOf(heading), block, end, close: at });
  };
  for (let at = 0; at < text.length; ) {
    const char = text[at]!;
    if (char === '\n' || char === ';') {
      if (lists === 0 || char === ';') finish();
      at++;
    } else if (char === ' ' || char === '\t' || char === '\r') at++;
    else if (char === '\\' && /^\\[ \t\r]*\n/.test(text.slice(at, at + 8))) at = text.indexOf('\n', at) + 1;
    else if (char === '#') {
      let end = text.indexOf('\n', at);
      if (end < 0) end = text.length;
      const stop = text[end - 1] === '\r' ? end - 1 : end;
      comments.push({ start: at, end: stop, text: text.slice(at + 1, stop) });
      at = end;
    } else if (char === '{') {
      if (lists === 0 && opensBlock(tokens, open.length)) {
        open.push({ tokens, block: [], list: false });
        tokens = [];
      } else {
        tokens.push({ text: '{', start: at, end: at + 1 });
        lists++;
      }
      at++;
    } else if (char === '}') {
      if (lists > 0) {
        tokens.push({ text: '}', start: at, end: at + 1 });
        lists--;
      } else {
        finish();
        if (open.length > 0) closeBlock(at, at + 1);
        else broken = true;
      }
      at++;
    } else {
      at = readToken(text, at, tokens);
      broken ||= char === '"' && text[at - 1] !== '"';
    }
  }
  finish();
  broken ||= open.length > 0;
  while (open.length > 0) closeBlock(text.length, text.length);
  return { text, statements, comments, broken };
}

function readToken(text: string, at: number, tokens: Token[]): number {
  const char = text[at]!;
  if (char === ',' || (char === ':' && text[at + 1] !== ':')) {
    tokens.push({ text: char, start: at, end: at + 1 });
    return at + 1;
  }
  if (char === '"') {
    let close = at + 1;
    while (close < text.length && text[close] !== '"' && text[close] !== '\n') close++;
    const end = text[close] === '"' ? close + 1 : close;
    tokens.push({ text: text.slice(at + 1, close), start: at, end });
    return end;
  }
  let end = at + 1;
  while (end < text.length && !/[\s{};,"#]/.test(text[end]!) && !(text[end] === ':' && !/[\da-fA-F:]/.test(text[end + 1] ?? ' '))) end++;
  const glued = /^(.+):((?:accept|drop|continue|return|reject|jump|goto))$/.exec(text.slice(at, Math.min(end, at + 64)));
  if (glued) {
    const colon = at + glued[1]!.length;
    tokens.push({ text: glued[1]!, start: at, end: colon }, { text: ':', start: colon, end: colon + 1 }, { text: glued[2]!, start: colon + 1, end });
  } else tokens.push({ text: text.slice(at, end), start: at, end });
  return end;
}

function opensBlock(tokens: readonly Token[], depth: number): boolean {
  const words = tokens.map(({ text }) => text);
  const first = verbs.has(words[0] ?? '') ? words[1] : words[0];
  if (first === undefined || !headings.has(first) || words.includes('=')) return false;
  return depth === 0 ? words.length > 1 : depth === 1 && !verbs.has(words[0]!) && words.length < 5;
}

function statementOf(tokens: readonly Token[]): Statement {
  const [start, end] = [tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0];
  return { tokens, span: { start, end }, end };
}

/** The texts of the tokens of a statement. */
export function wordsOf({ tokens }: Statement): readonly string[] {
  return tokens.map(({ text }) => text);
}

/**
 * The word behind a name in a block: `policy drop`. Absent, it is written behind another statement, on its line, as
 * shipped files have it.
 */
export function slot(file: Ruleset, block: Statement, name: string, after: Statement): Slot {
  const found = block.block?.filter(({ tokens }) => tokens[0]?.text === name && tokens.length > 1).at(-1);
  const value = found?.tokens[1];
  return {
    span: found?.span ?? after.span,
    raw: value?.text,
    write: (raw) => {
      if (file.broken) return [];
      if (value) return raw === value.text ? [] : [{ start: value.start, end: value.end, text: raw }];
      const semicolon = /^[ \t]*;/.exec(file.text.slice(after.end, after.end + 64));
      const at = after.end + (semicolon?.[0].length ?? 0);
      return [{ start: at, end: at, text: `${semicolon ? '' : ';'} ${name} ${raw};` }];
    },
  };
}

/** The edits that take a statement away, with its line where it stands alone on it. */
export function removal({ text, broken }: Ruleset, { span, end }: Statement): readonly Edit[] {
  if (broken) return [];
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  const line = text.indexOf('\n', end);
  const lineStop = line < 0 ? text.length : line + 1;
  const alone = text.slice(lineStart, span.start).trim() === '' && /^;?$/.test(text.slice(end, lineStop).trim());
  if (alone) return [{ start: lineStart, end: lineStop, text: '' }];
  const semicolon = /^[ \t]*;[ \t]*/.exec(text.slice(end, lineStop));
  return [{ start: span.start, end: end + (semicolon?.[0].length ?? 0), text: '' }];
}

/** The edits that add a statement on a line of its own, before another or, without one, as the last of a block. */
export function insertion({ text, broken }: Ruleset, block: Statement, line: string, before?: Statement): readonly Edit[] {
  if (broken) return [];
  const eol = lineEnd(text);
  const model = before ?? block.block?.at(-1);
  const lineStart = (at: number) => text.lastIndexOf('\n', at - 1) + 1;
  const indent = model
    ? /^[ \t]*/.exec(text.slice(lineStart(model.span.start), model.span.start))![0]
    : `${/^[ \t]*/.exec(text.slice(lineStart(block.span.start)))![0]}  `;
  const at = before ? lineStart(before.span.start) : block.close === undefined ? text.length : closingLine(text, block.close);
  const own = text.slice(lineStart(at), at).trim() === '';
  return [{ start: at, end: at, text: own && at === lineStart(at) ? `${indent}${line}${eol}` : `${eol}${indent}${line}${eol}` }];
}

/** The start of the line of a closing brace that stands alone before what it closes, else the brace itself. */
function closingLine(text: string, close: number): number {
  const start = text.lastIndexOf('\n', close - 1) + 1;
  return text.slice(start, close).trim() === '' ? start : close;
}
