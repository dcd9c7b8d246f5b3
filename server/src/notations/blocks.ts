import { oncePer } from '#engine/attached.js';
import type { Comment } from '#engine/format.js';
import type { Slot } from '#engine/setting.js';
import { lineEnd, type Edit, type Span } from '#engine/text.js';
import { holeEnd, readComment } from './words.js';

/** One word of a directive. */
export interface Word {
  /** The word as the product reads it: without quotes, with escapes taken out. */
  readonly value: string;
  /** The word with its quotes. */
  readonly span: Span;
  readonly quoted: boolean;
}

/** `name args... ;` or `name args { ... }`. */
export interface Statement {
  readonly name: string;
  readonly nameSpan: Span;
  readonly args: readonly Word[];
  /** From the name to the last argument: what a message points at. */
  readonly span: Span;
  /** From the name behind the `;` or the `}`. */
  readonly whole: Span;
  /** What the braces enclose; also of a raw body, which then has no statements. */
  readonly block?: Block;
}

/** What stands between two braces, or the whole file. */
export interface Block {
  readonly statements: readonly Statement[];
  /** The offset behind the `{`; 0 for the file. */
  readonly start: number;
  /** The offset of the `}`; the end of the text for the file and for a block that is not closed. */
  readonly end: number;
}

/** A file of nested directives: nginx. */
export interface Blocks extends Block {
  readonly text: string;
  readonly comments: readonly Comment[];
  /** A brace or a quote has no other half: nothing is written into the file. */
  readonly broken: boolean;
}

/** The longest line by which a template decides. */
const longestMark = 400;

/** Blocks nested deeper than this are skipped: no real file comes near, and a hostile one must not cost more than its length. */
const deepest = 32;

interface Open {
  readonly statements: Statement[];
  readonly start: number;
  readonly head?: { name: string; nameSpan: Span; args: readonly Word[]; span: Span };
}

/**
 * Reads a file in one pass. A directive that is not ended is ended by the next brace; a brace too many is skipped; a
 * block that is not closed ends with the file. A name ending in `_by_lua_block` has a raw body, which is not read.
 */
export function parseBlocks(text: string): Blocks {
  const comments: Comment[] = [];
  const stack: Open[] = [{ statements: [], start: 0 }];
  let words: Word[] = [];
  let skipped = 0;
  let broken = false;

  const head = () => {
    const name = words[0]!;
    return { name: name.value, nameSpan: name.span, args: words.slice(1), span: { start: name.span.start, end: words.at(-1)!.span.end } };
  };
  const finish = (end: number) => {
    if (words.length === 0) return;
    if (skipped === 0) {
      const { name, nameSpan, args, span } = head();
      stack.at(-1)!.statements.push({ name, nameSpan, args, span, whole: { start: span.start, end } });
    }
    words = [];
  };
  const close = (at: number, end: number) => {
    const open = stack.pop()!;
    if (open.head) stack.at(-1)!.statements.push({ ...open.head, whole: { start: open.head.span.start, end },
      block: { statements: open.statements, start: open.start, end: at } });
  };

  for (let at = 0; at < text.length;) {
    const ch = text[at]!;
    if (isBlank(ch)) at++;
    else if (ch === '#') at = readComment(text, at, comments);
    // What a template decides by is no block.
    else if (ch === '{' && text[at + 1] === '%' && text.slice(at, at + longestMark).includes('%}')) at = text.indexOf('%}', at) + 2;
    else if (ch === ';') finish(++at);
    else if (ch === '{' && holeEnd(text, at) === undefined) {
      at++;
      if (words.length > 0 && words[0]!.value.endsWith('_by_lua_block')) {
        const end = endOfLua(text, at);
        broken ||= end === text.length;
        if (skipped === 0) stack.at(-1)!.statements.push({ ...head(), whole: { start: words[0]!.span.start, end: Math.min(end + 1, text.length) },
          block: { statements: [], start: at, end } });
        words = [];
        at = Math.min(end + 1, text.length);
      } else if (skipped > 0 || stack.length > deepest) {
        skipped++;
        words = [];
      } else {
        stack.push({ statements: [], start: at, head: words.length > 0 ? head()
          : { name: '', nameSpan: { start: at - 1, end: at - 1 }, args: [], span: { start: at - 1, end: at } } });
        words = [];
      }
    } else if (ch === '}') {
      // What stands before the brace lacks its semicolon.
      broken ||= words.length > 0;
      finish(at++);
      if (skipped > 0) skipped--;
      else if (stack.length > 1) close(at - 1, at);
      else broken = true;
    } else {
      const word = readWord(text, at);
      broken ||= !word.quoted && (ch === '"' || ch === "'");
      at = word.span.end;
      if (words.length === 0 && holeEnd(text, word.span.start) === at && standsAlone(text, word.span)) {
        // What a template puts here may state anything, as a file that is included may.
        if (skipped === 0) stack.at(-1)!.statements.push({ name: 'include', nameSpan: word.span, args: [word], span: word.span, whole: word.span });
      } else words.push(word);
    }
  }
  broken ||= words.length > 0;
  finish(text.length);
  broken ||= stack.length > 1 || skipped > 0;
  while (stack.length > 1) close(text.length, text.length);
  return { text, comments, statements: stack[0]!.statements, start: 0, end: text.length, broken };
}

/** Whether nothing else stands on the line of a place. */
function standsAlone(text: string, { start, end }: Span): boolean {
  const stop = text.indexOf('\n', end);
  return text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() === '' && text.slice(end, stop < 0 ? text.length : Math.min(stop, end + longestMark)).trim() === '';
}

/** A word ends at white space, `;` or `{`; a `${` belongs to it. A quote encloses a word only at its start. */
function readWord(text: string, start: number): Word {
  const mark = text[start]!;
  if (mark === '"' || mark === "'") {
    for (let at = start + 1; at < text.length; at++) {
      if (text[at] === '\\') at++;
      else if (text[at] === mark) return { value: unescaped(text.slice(start + 1, at)), span: { start, end: at + 1 }, quoted: true };
    }
    // Not closed: half-typed. The rest of the line is the word, so that the other lines keep their meaning.
    const stop = text.indexOf('\n', start);
    const end = trimmed(text, start + 1, stop < 0 ? text.length : stop);
    return { value: text.slice(start + 1, end), span: { start, end }, quoted: false };
  }
  let at = start;
  for (; at < text.length; at++) {
    const ch = text[at]!;
    if (ch === '\\') at++;
    else if (ch === '$' && text[at + 1] === '{') at++;
    else if (ch === '{' && holeEnd(text, at) !== undefined) at = holeEnd(text, at)! - 1;
    else if (isBlank(ch) || ch === ';' || ch === '{') break;
  }
  const end = Math.max(start + 1, Math.min(at, text.length));
  return { value: unescaped(text.slice(start, end)), span: { start, end }, quoted: false };
}

function trimmed(text: string, start: number, end: number): number {
  while (end > start && (isBlank(text[end - 1]!) || text[end - 1] === ';')) end--;
  return end;
}

/** A backslash before a quote, a backslash or one of `trn` is taken out; before anything else it stays. */
function unescaped(raw: string): string {
  return raw.includes('\\') ? raw.replace(/\\(["'\\trn])/g, (_, ch: string) => (ch === 't' ? '\t' : ch === 'r' ? '\r' : ch === 'n' ? '\n' : ch)) : raw;
}

function isBlank(ch: string): boolean {
  return ch === ' ' || ch === '\t' || ch === '\n' || ch === '\r';
}

/** The offset of the brace that closes a Lua body: strings, long strings and comments may hold braces of their own. */
function endOfLua(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    const ch = text[at]!;
    if (ch === '{') depth++;
    else if (ch === '}' && --depth === 0) return at;
    else if (ch === '"' || ch === "'") {
      for (at++; at < text.length && text[at] !== ch && text[at] !== '\n'; at++) if (text[at] === '\\') at++;
    } else if (ch === '[' || (ch === '-' && text[at + 1] === '-')) {
      const from = ch === '[' ? at : at + 2;
      const long = longBracket(text, from);
      if (long !== undefined) {
        const stop = text.indexOf(long, from);
        if (stop < 0) return text.length;
        at = stop + long.length - 1;
      } else if (ch === '-') {
        const stop = text.indexOf('\n', at);
        if (stop < 0) return text.length;
        at = stop;
      }
    }
  }
  return text.length;
}

/** The closing half of the long bracket that opens here, if one does. */
function longBracket(text: string, at: number): string | undefined {
  if (text[at] !== '[') return undefined;
  let level = 0;
  while (text[at + 1 + level] === '=' && level < 64) level++;
  return text[at + 1 + level] === '[' ? `]${'='.repeat(level)}]` : undefined;
}

/** Every statement of a block and of the blocks in it, outer ones first. The depth is bounded by the reader. */
export function descendants(block: Block): readonly Statement[] {
  return block.statements.flatMap((statement) => (statement.block ? [statement, ...descendants(statement.block)] : [statement]));
}

/** The statement of a name that counts in a block: the last, since most products refuse a second one. */
export function last(block: Block, name: string): Statement | undefined {
  const { statements } = block;
  if (statements.length < worthAnIndex) {
    for (let i = statements.length - 1; i >= 0; i--) if (statements[i]!.name === name) return statements[i];
    return undefined;
  }
  return lasts(block).get(name);
}

/** A block of fewer statements is read through in less time than an index of it takes to build. */
const worthAnIndex = 32;

/** The statements of a block by name: asked for again and again by what inherits from it. */
const lasts = oncePer((block: Block): ReadonlyMap<string, Statement> => new Map(block.statements.map((statement) => [statement.name, statement])));

/**
 * All arguments of a directive, as words with one space between. Written, the arguments are replaced; an absent
 * directive is added to the block.
 */
export function words(file: Blocks, block: Block, name: string, elsewhere?: string): Slot {
  return slot(file, block, name, elsewhere, (args) => args.map(({ value }) => value).join(' '), (raw) => raw.split(' ').map(spelled).join(' '), (args) =>
    args.length);
}

/** The first argument of a directive, quoted where it must be; the others stay. */
export function argument(file: Blocks, block: Block, name: string, elsewhere?: string): Slot {
  return slot(file, block, name, elsewhere, (args) => args[0]?.value ?? '', spelled, (args) => Math.min(1, args.length));
}

function slot(file: Blocks, block: Block, name: string, elsewhere: string | undefined, read: (args: readonly Word[]) => string, spell: (raw: string) => string,
  reach: (args: readonly Word[]) => number): Slot {
  const found = last(block, name);
  if (!found) {
    return { span: block.start === 0 ? { start: 0, end: 0 } : { start: block.start - 1, end: block.start }, obscured: elsewhere, write: (raw) =>
      insertion(file, block, [`${name} ${spell(raw)};`]) };
  }
  const raw = read(found.args);
  const covered = reach(found.args);
  const first = found.args[0];
  return {
    span: found.span,
    raw,
    write: (wanted) => {
      if (wanted === raw || file.broken) return [];
      if (!first) return [{ start: found.nameSpan.end, end: found.nameSpan.end, text: ` ${spell(wanted)}` }];
      // One quoted word that holds the whole value stays one word.
      const quoted = covered === 1 && first.quoted ? inQuotes(wanted, file.text[first.span.start]!) : spell(wanted);
      return [{ start: first.span.start, end: found.args[covered - 1]!.span.end, text: quoted }];
    },
  };
}

/** How a word is written: bare where it can be, else in quotes. */
export function spelled(raw: string): string {
  return raw !== '' && !/[\s;{}"'\\#]/.test(raw) ? raw : inQuotes(raw, '"');
}

function inQuotes(raw: string, mark: string): string {
  return `${mark}${raw.replace(/[\\]/g, '\\\\').replaceAll(mark, `\\${mark}`).replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')}${mark}`;
}

/**
 * The edits that add directives to a block: behind `after`, below a comment that mentions the first of them, behind
 * the last directive that stands before the first inner block, or behind the opening brace; indented as their
 * neighbours are. Each line is a directive with its `;`.
 */
export function insertion(file: Blocks, block: Block, lines: readonly string[], after?: Statement): readonly Edit[] {
  const { text } = file;
  if (file.broken) return [];
  const eol = lineEnd(text);
  const name = /^\S*/.exec(lines[0] ?? '')![0];
  if (!after) {
    const mention = file.comments.find((comment) => comment.start >= block.start && comment.end <= block.end && mentions(comment, name)
      && !within(block, comment) && startsLine(text, comment.start));
    if (mention) return [below(text, mention.end, indentAt(text, mention.start), lines, eol)];
  }
  const inner = block.statements.findIndex((statement) => statement.block);
  const model = after ?? block.statements.slice(0, inner < 0 ? undefined : inner).at(-1);
  if (model) {
    const end = model.whole.end;
    if (!startsLine(text, model.whole.start)) return [{ start: end, end, text: lines.map((line) => ` ${line}`).join('') }];
    const behind = restOfLine(text, end);
    return behind === undefined ? [{ start: end, end, text: lines.map((line) => ` ${line}`).join('') }]
      : [below(text, behind, indentAt(text, model.whole.start), lines, eol)];
  }
  const first = block.statements[0];
  if (block.start === 0) return [{ start: 0, end: 0, text: lines.map((line) => line + eol).join('') }];
  const behind = restOfLine(text, block.start);
  if (behind === undefined || behind >= block.end) return [{ start: block.start, end: block.start,
    text: `${lines.map((line) => ` ${line}`).join('')}${text[block.start] === '}' ? ' ' : ''}` }];
  const open = headLine(text, block.start);
  const indent = first && startsLine(text, first.whole.start) ? indentAt(text, first.whole.start) : open + unitOf(file);
  return [below(text, behind, indent, lines, eol)];
}

function below(text: string, at: number, indent: string, lines: readonly string[], eol: string): Edit {
  const stop = text.indexOf('\n', at);
  const start = stop < 0 ? text.length : stop + 1;
  return { start, end: start, text: (stop < 0 ? eol : '') + lines.map((line) => `${indent}${line}`).join(eol) + (stop < 0 ? '' : eol) };
}

/** The end of the line if nothing but white space or a comment follows on it. */
function restOfLine(text: string, at: number): number | undefined {
  let stop = text.indexOf('\n', at);
  if (stop < 0) stop = text.length;
  const rest = text.slice(at, stop).trim();
  return rest === '' || rest.startsWith('#') ? (text[stop - 1] === '\r' ? stop - 1 : stop) : undefined;
}

function startsLine(text: string, at: number): boolean {
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, at).trim() === '';
}

function indentAt(text: string, at: number): string {
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
}

/** The white space that begins the line of an offset. */
function headLine(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1, at))![0];
}

/** What one step of indentation is in this file: that of the first indented statement, else four spaces. */
function unitOf(file: Blocks): string {
  for (const { block } of file.statements) {
    const first = block?.statements[0];
    if (first && startsLine(file.text, first.whole.start)) return indentAt(file.text, first.whole.start) || '    ';
  }
  return '    ';
}

function mentions({ text }: Comment, name: string): boolean {
  const said = text.trimStart();
  return said.startsWith(name) && /^[ \t]/.test(said.slice(name.length));
}

function within(block: Block, { start }: Span): boolean {
  return block.statements.some((statement) => statement.block !== undefined && start >= statement.whole.start && start < statement.whole.end);
}

/** The edits that take a statement away, with its line where it has one to itself. */
export function removal({ text, broken }: Blocks, { whole }: Statement): readonly Edit[] {
  if (broken) return [];
  const start = text.lastIndexOf('\n', whole.start - 1) + 1;
  const stop = text.indexOf('\n', whole.end);
  const end = stop < 0 ? text.length : stop + 1;
  if (text.slice(start, whole.start).trim() === '' && text.slice(whole.end, end).trim() === '') return [{ start, end, text: '' }];
  let from = whole.start;
  while (from > start && (text[from - 1] === ' ' || text[from - 1] === '\t')) from--;
  return [{ start: text.slice(start, from).trim() === '' ? whole.start : from, end: whole.end, text: '' }];
}
