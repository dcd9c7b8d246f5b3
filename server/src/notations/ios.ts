import { oncePer } from '#engine/attached.js';
import type { Comment } from '#engine/format.js';
import { groupedBy } from '#engine/grouping.js';
import type { Slot } from '#engine/setting.js';
import { lineEnd, type Edit, type Span } from '#engine/text.js';

/** How one product of the family writes what is not a statement. */
export interface IosDialect {
  /** Characters that begin a comment as the first ink of a line. */
  readonly comment: string;
  /** `delimiter`: the text of a banner runs to the mark that opens it. `EOF`: to a line that says so. `line`: one line each. */
  readonly banner: 'delimiter' | 'EOF' | 'line';
}

/** One command with what is indented below it. */
export interface Statement {
  /** The words as written, without a leading `no`. */
  readonly words: readonly string[];
  /** Whether the line begins with `no`. */
  readonly negated: boolean;
  /** From the first word, `no` included, to the last one of its line. */
  readonly span: Span;
  /** Columns before the first word. */
  readonly indent: number;
  readonly children: readonly Statement[];
  /** The offset behind the line end of the last line that belongs to it: children, banner text, certificate. */
  readonly end: number;
}

/** What holds statements: the whole file, or a statement with what is below it. */
export interface Block {
  readonly children: readonly Statement[];
}

/** A device configuration of one command per line, nested by indentation. */
export interface IosConfig extends Block {
  readonly text: string;
  readonly comments: readonly Comment[];
}

interface Growing extends Statement {
  readonly children: Growing[];
  end: number;
}

/** The longest banner that is looked for: an unclosed one must not cost more than that. */
const longestBanner = 16_384;

/** Reads a file in one pass. Banner text and certificate bodies are skipped; what is left is never an error. */
export function parseIos(text: string, dialect: IosDialect): IosConfig {
  const top: Growing[] = [];
  const comments: Comment[] = [];
  const open: Growing[] = [];
  for (let start = 0, stop: number; start < text.length; start = stop) {
    stop = lineAfter(text, start);
    let from = start;
    let to = stop;
    while (from < to && isBlank(text.charCodeAt(from))) from++;
    while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
    if (from === to) continue;
    if (dialect.comment.includes(text[from]!)) {
      comments.push({ start: from, end: to, text: text.slice(from + 1, to) });
      continue;
    }
    const indent = from - start;
    while (open.length > 0 && open.at(-1)!.indent >= indent) open.pop();
    const all = text.slice(from, to).split(/\s+/);
    const negated = all.length > 1 && all[0]!.toLowerCase() === 'no';
    const words = negated ? all.slice(1) : all;
    if (!negated) stop = bodyEnd(text, from, stop, words, dialect);
    const statement: Growing = { words, negated, span: { start: from, end: to }, indent, children: [], end: stop };
    (open.at(-1)?.children ?? top).push(statement);
    open.push(statement);
  }
  for (const statement of top) measure(statement);
  return { text, comments, children: top };
}

/** Sets the end of a statement to that of its last descendant. A loop, since nesting may be deep. */
function measure(statement: Growing): void {
  const line: Growing[] = [];
  const all: Growing[] = [statement];
  for (let next = all.pop(); next; next = all.pop()) {
    line.push(next);
    all.push(...next.children);
  }
  for (const each of line.reverse()) each.end = Math.max(each.end, each.children.at(-1)?.end ?? 0);
}

/** Where the text that a statement carries ends: a banner, a certificate, a key. The end of the line where it carries none. */
function bodyEnd(text: string, from: number, stop: number, words: readonly string[], dialect: IosDialect): number {
  const name = words[0]!.toLowerCase();
  if (name === 'banner') return bannerEnd(text, from, stop, words, dialect);
  if ((name === 'certificate' && words.length > 1) || (name === 'key-string' && words.length === 1)) return hexEnd(text, stop);
  return stop;
}

function bannerEnd(text: string, from: number, stop: number, words: readonly string[], { banner }: IosDialect): number {
  if (banner === 'line') return stop;
  if (banner === 'EOF') {
    const close = /^[ \t]*EOF[ \t]*\r?$/m.exec(text.slice(stop, stop + longestBanner));
    return close ? lineAfter(text, stop + close.index) : stop;
  }
  if (words.length < 2) return stop;
  const mark = /^banner[ \t]+(?:(?:exec|incoming|login|motd|slip-ppp|prompt-timeout|config-save)\b[ \t]*)?(\^.|\S)?/i.exec(text.slice(from, stop));
  if (!mark?.[1]) return stop;
  const at = from + mark[0].length;
  const close = text.slice(at, at + longestBanner).indexOf(mark[1]!);
  return close < 0 ? stop : lineAfter(text, at + close);
}

/** Behind the hexadecimal lines and the `quit` that ends them; at the first line that is neither. */
function hexEnd(text: string, from: number): number {
  for (let start = from, stop: number; start < text.length; start = stop) {
    stop = lineAfter(text, start);
    const line = text.slice(start, stop).trim();
    if (line === 'quit') return stop;
    if (!/^[\dA-Fa-f\s]+$/.test(line)) return start;
  }
  return text.length;
}

/** Space, tab, carriage return, line feed. */
function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13 || code === 10;
}

function lineAfter(text: string, at: number): number {
  const stop = text.indexOf('\n', at);
  return stop < 0 ? text.length : stop + 1;
}

/** Whether a statement begins with these words, in any case of letters; negated or not. */
export function says(statement: Statement, ...words: readonly string[]): boolean {
  return begins(statement, words);
}

function begins({ words: said }: Statement, words: readonly string[]): boolean {
  if (said.length < words.length) return false;
  for (let i = 0; i < words.length; i++) if (said[i] !== words[i] && said[i]!.toLowerCase() !== words[i]) return false;
  return true;
}

/** The statements of a block that may begin with a word. A short block is read through in less time than an index takes to build. */
function beginning(block: Block, word: string): readonly Statement[] {
  if (block.children.length < 16) return block.children;
  return byFirstWord(block).get(word) ?? nothing;
}

const nothing: readonly Statement[] = [];
const byFirstWord = oncePer((block: Block) => groupedBy(block.children, ({ words }) => words[0]?.toLowerCase() ?? ''));

/** A phrase in words; formats ask for the same few hundred again and again. */
function wordsOf(phrase: string): readonly string[] {
  let words = phrases.get(phrase);
  if (!words) {
    words = phrase.split(' ');
    // A phrase may hold a name from the file: those are not kept for ever.
    if (phrases.size < 2000) phrases.set(phrase, words);
  }
  return words;
}

const phrases = new Map<string, readonly string[]>();

/** The statements of a block that begin with a phrase and are not negated: `all(file, 'ip http server')`. */
export function all(block: Block, phrase: string): readonly Statement[] {
  const words = wordsOf(phrase);
  let found: Statement[] | undefined;
  for (const statement of beginning(block, words[0]!)) if (!statement.negated && begins(statement, words)) (found ??= []).push(statement);
  return found ?? nothing;
}

/** The last statement of a block that begins with a phrase, negated or not: the one that counts. */
export function last(block: Block, phrase: string): Statement | undefined {
  const words = wordsOf(phrase);
  const likely = beginning(block, words[0]!);
  for (let i = likely.length - 1; i >= 0; i--) if (begins(likely[i]!, words)) return likely[i];
  return undefined;
}

/** Whether a statement stands and is not negated. */
export function has(block: Block, phrase: string): boolean {
  return last(block, phrase)?.negated === false;
}

/** A statement and everything below it, in the order of the text. */
export function within(block: Block): readonly Statement[] {
  const found: Statement[] = [];
  const waiting: Statement[] = [...block.children].reverse();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    found.push(next);
    for (let i = next.children.length - 1; i >= 0; i--) waiting.push(next.children[i]!);
  }
  return found;
}

/** The place of one word of a statement, 0 being the first after a `no`. Empty at the end of the line when there is no such word. */
export function wordSpan(file: IosConfig, statement: Statement, index: number): Span {
  const line = file.text.slice(statement.span.start, statement.span.end);
  const words = [...line.matchAll(/\S+/g)];
  const word = words[index + (statement.negated ? 1 : 0)];
  return word
    ? { start: statement.span.start + word.index, end: statement.span.start + word.index + word[0].length }
    : { start: statement.span.end, end: statement.span.end };
}

/**
 * The value behind a phrase in a block: the rest of the line. `no` where the last such statement is negated, and
 * writing `no` negates it. Absent, it is written behind the statement most like it.
 */
export function slot(file: IosConfig, block: Block, phrase: string, place?: Span): Slot {
  const found = last(block, phrase);
  const { length } = wordsOf(phrase);
  const raw = found && (found.negated ? 'no' : found.words.slice(length).join(' '));
  const line = (value: string) => (value === 'no' ? `no ${phrase}` : value === '' ? phrase : `${phrase} ${value}`);
  return {
    span: found?.span ?? place ?? anchor(file, block),
    raw,
    write: (value) => (value === raw ? [] : found ? [{ ...found.span, text: line(value) }] : insertion(file, block, line(value))),
  };
}

/** Where a person looks for what a block leaves out: its heading, or the name of the device. */
export function anchor(file: IosConfig, block: Block): Span {
  if ('span' in block) return (block as Statement).span;
  return (last(file, 'hostname') ?? file.children[0])?.span ?? { start: 0, end: 0 };
}

/**
 * The edits that add a command, with indented lines below it if it has any, to a block. At top level it stands
 * behind the last command that begins alike, and before the `end` of the file.
 */
export function insertion(file: IosConfig, block: Block, command: string): readonly Edit[] {
  const { text } = file;
  const eol = lineEnd(text);
  const alike = likest(block, command);
  const inside = 'span' in block ? (block as Statement) : undefined;
  const closing = inside ? undefined : file.children.find((statement) => statement.words.length === 1 && says(statement, 'end'));
  const at = inside
    ? (inside.children.at(-1)?.end ?? inside.end)
    : (alike?.end ?? (closing ? text.lastIndexOf('\n', closing.span.start - 1) + 1 : text.length));
  // The last child and not the first, which may stand deeper: what is indented more than the last would be below that.
  const model = inside?.children.at(-1);
  const indent = model ? lineIndent(text, model) : inside ? `${lineIndent(text, inside)} ` : '';
  const before = at > 0 && text[at - 1] !== '\n' ? eol : '';
  // Several that are added behind a last line without a line end each begin with one.
  const lines = command.split('\n').map((line) => indent + line);
  return [{ start: at, end: at, text: before + lines.join(eol) + (before ? '' : eol) }];
}

function lineIndent(text: string, { span, indent }: Statement): string {
  return text.slice(span.start - indent, span.start);
}

/** The last command of a block that shares most of its first words with another, at least one. */
function likest(block: Block, command: string): Statement | undefined {
  const words = command.split(/\s+/).map((word) => word.toLowerCase());
  if (words[0] === 'no') words.shift();
  let best: Statement | undefined;
  let most = 1;
  for (const statement of block.children) {
    let shared = 0;
    while (shared < words.length && statement.words[shared]?.toLowerCase() === words[shared]) shared++;
    if (shared >= most) [best, most] = [statement, shared];
  }
  return best;
}

/** The edit that takes a statement away with everything below it. */
export function removal(statement: Statement): Edit {
  return { start: statement.span.start - statement.indent, end: statement.end, text: '' };
}

/** The edit that puts another command in the place of a statement; what is below it stays. */
export function replacement(statement: Statement, command: string): Edit {
  return { ...statement.span, text: command };
}

/** The edit that takes a command back: `no` with the phrase that names it. A `no` cannot always repeat the arguments. */
export function negation(statement: Statement, phrase = statement.words.join(' ')): Edit {
  return replacement(statement, `no ${phrase}`);
}
