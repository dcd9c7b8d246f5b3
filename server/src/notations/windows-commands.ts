import type { Comment } from '#engine/format.js';
import { groupedBy } from '#engine/grouping.js';
import type { Slot } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { readExpression, type Expression } from './powershell-values.js';
import { expanded } from './script-expansion.js';

/** One word of a command, without its quotes. */
export interface Word {
  readonly text: string;
  /** Without quotes. */
  readonly span: Span;
  readonly quoted: boolean;
  /** What stands in brackets as one value: `(Join-Path $base 'Lsa')`. */
  readonly expression?: Expression;
  /** Whether other commands have it too, or it was put together, so that it cannot be changed here. */
  readonly shared?: true;
}

/** A command with its words: `reg add KEY /v NAME`, `Set-MpPreference -PUAProtection Enabled`. */
export interface Command {
  /** In lower case, without `.exe`. */
  readonly name: string;
  readonly words: readonly Word[];
  readonly span: Span;
}

/** A batch file or a PowerShell script, as far as its commands stand written out. */
export interface Commands {
  readonly text: string;
  readonly commands: readonly Command[];
  /** The same by name, in the order of the file. */
  readonly byName: ReadonlyMap<string, readonly Command[]>;
  readonly comments: readonly Comment[];
}

const separators = new Set([';', '|', '&', '{', '}', '(', ')', '\n']);

/**
 * Reads both languages in one pass: `#`, `rem` and `::` begin comments, `<# #>` encloses one, quotes enclose words, a backtick or a caret at the
 * end of a line continues it. Here-strings are skipped. Variables, tables, loops and functions that the script spells out are put in; a command in a
 * condition counts as written.
 */
export function parseCommands(text: string): Commands {
  const source = { text, left: text.length / 2 + 1000 };
  const commands: Command[] = [];
  const comments: Comment[] = [];
  let words: Word[] = [];
  const finish = () => {
    const first = words[0];
    if (first) {
      const command = { name: first.text.toLowerCase().replace(/\.exe$/, ''), words, span: { start: first.span.start, end: words.at(-1)!.span.end + (words.at(-1)!.quoted && /["']/.test(text[words.at(-1)!.span.end] ?? '') ? 1 : 0) } };
      commands.push(command);
      for (const inner of handedOver(command)) commands.push(inner);
    }
    words = [];
  };
  const lineEnd = (from: number) => {
    const stop = text.indexOf('\n', from);
    return stop < 0 ? text.length : stop;
  };
  for (let at = 0; at < text.length;) {
    const letter = text[at]!;
    if ((letter === '`' || letter === '^') && /^[`^][ \t]*\r?\n/.test(text.slice(at, at + 20))) at = lineEnd(at) + 1;
    else if ((letter === '(' || letter === '@' && text[at + 1] === '(') && words.length > 0 && !words[0]!.text.startsWith('$') && /\s|[:,]/.test(text[at - 1]!)) {
      const held = readExpression(source, at);
      if (held) {
        words.push({ text: text.slice(at, held.end), span: { start: at, end: held.end }, quoted: false, expression: held.value });
        at = held.end;
      } else if (letter === '(') finish(), at++;
      else at++;
    } else if (separators.has(letter)) finish(), at++;
    else if (letter === ' ' || letter === '\t' || letter === '\r' || letter === ',' || letter === '@' && /^@["']\r?\n/.test(text.slice(at, at + 4))) {
      if (letter === '@') {
        const close = text.indexOf(`\n${text[at + 1]!}@`, at + 2);
        at = close < 0 ? text.length : close + 3;
      } else at++;
    } else if (text.startsWith('<#', at)) {
      const close = text.indexOf('#>', at + 2);
      const end = close < 0 ? text.length : close + 2;
      comments.push({ start: at, end, text: text.slice(at + 2, close < 0 ? end : close) });
      at = end;
    } else if (letter === '#' || words.length === 0 && /^(?:rem(?=\s|$)|::)/i.test(text.slice(at, at + 4))) {
      const end = lineEnd(at);
      const mark = letter === '#' ? 1 : letter === ':' ? 2 : 3;
      comments.push({ start: at, end: text[end - 1] === '\r' ? end - 1 : end, text: text.slice(at + mark, end).trim() });
      at = end;
    } else {
      const word = readWord(text, at);
      words.push(word.word);
      at = word.end;
    }
  }
  finish();
  const run = expanded(text, commands);
  return { text, commands: run, byName: groupedBy(run, ({ name }) => name), comments };
}

/** The first word behind the condition of a batch file: `if not exist FILE`, `if /i "%1"=="x"`, `if %A% equ 1`. */
function behindCondition(words: readonly Word[]): number {
  let at = 1;
  while (/^(?:\/i|not)$/i.test(words[at]?.text ?? '')) at++;
  if (/^(?:exist|defined|errorlevel)$/i.test(words[at]?.text ?? '')) return at + 2;
  return /==./.test(words[at]?.text ?? '') ? at + 1 : at + 3;
}

/** What a command hands on: `powershell -Command "…"`, `cmd /c …`, `call winrm …`. */
function handedOver({ name, words, span }: Command): readonly Command[] {
  const from = (index: number): readonly Command[] => {
    const head = words[index];
    return head ? [{ name: head.text.toLowerCase().replace(/\.exe$/, ''), words: words.slice(index), span: { start: head.span.start, end: span.end } }] : [];
  };
  if (name === 'call' || name === 'do' || name === 'else') return from(1);
  if (name === 'if') return from(behindCondition(words));
  if (!/(?:^|[\\/])(?:cmd|powershell|pwsh)$/.test(name)) return [];
  const at = words.findIndex((word) => !word.quoted && /^(?:[-/]c|-command)$/i.test(word.text)) + 1;
  const first = words[at];
  if (at === 0 || !first) return [];
  if (!first.quoted) return from(words[at]!.text.toLowerCase() === 'call' ? at + 1 : at);
  const moved = (inner: Span): Span => ({ start: inner.start + first.span.start, end: inner.end + first.span.start });
  return parseCommands(first.text).commands.map((inner) => ({
    name: inner.name, words: inner.words.map((word) => ({ ...word, span: moved(word.span) })), span: moved(inner.span),
  }));
}

/** What of a word needs no looking at. */
const plain = /[^\s,;|&{}()"']+/y;

function readWord(text: string, start: number): { readonly word: Word; readonly end: number } {
  const quote = text[start];
  if (quote === '"' || quote === "'") {
    let close = start + 1;
    while (close < text.length && text[close] !== quote && text[close] !== '\n') close++;
    const end = text[close] === quote ? close + 1 : close;
    return { word: { text: text.slice(start + 1, close), span: { start: start + 1, end: close }, quoted: true }, end };
  }
  let at = start;
  let inside = '';
  while (at < text.length && text[at] !== '\n') {
    if (inside === '') {
      plain.lastIndex = at;
      if (plain.test(text)) {
        at = plain.lastIndex;
        continue;
      }
      if (text[at] !== '"' && text[at] !== "'") break;
      inside = text[at]!;
    } else if (text[at] === inside) inside = '';
    at++;
  }
  const end = Math.max(at, start + 1);
  return { word: { text: text.slice(start, end), span: { start, end }, quoted: false }, end };
}

/** Whether a word is filled in when the script runs. */
export function isFilledIn(text: string): boolean {
  return /\$(?!(?:true|false|null)$)[\w({:]|%[^%\s]+%|![^!\s]+!|%\*|%%?~?\w(?=$|[\\\s])/i.test(text);
}

/** The value behind a switch: `/v NAME`, `-Value 0`, `-Value:0`. Several values belong to it until the next switch. */
export function valuesOf({ words }: Command, name: string): readonly Word[] | undefined {
  const wanted = name.toLowerCase();
  const { length } = wanted;
  const at = words.findIndex(({ quoted, text }) =>
    !quoted && text.length >= length && (text.length === length || text[length] === ':') && text.slice(0, length).toLowerCase() === wanted);
  const found = words[at];
  if (!found) return undefined;
  if (found.text.length > name.length) return [partOf(found, name.length + 1)];
  const rest = words.slice(at + 1);
  const stop = rest.findIndex((word) => !word.quoted && /^[-/][a-z]/i.test(word.text));
  return stop < 0 ? rest : rest.slice(0, stop);
}

/** What stands behind a sign in a word: `0` of `/minpwlen:0`. */
export function partOf(word: Word, from: number): Word {
  const said = word.text.slice(from);
  const quotes = /^".*"$/.test(said) ? 1 : 0;
  const part = { text: said.slice(quotes, said.length - quotes), span: { start: word.span.start + from + quotes, end: word.span.end - quotes }, quoted: quotes === 1 };
  return word.shared ? { ...part, span: word.span, shared: true } : part;
}

/** A word as a slot. `spell` says how a value is written there. */
export function wordSlot(word: Word, read: (text: string) => string = (text) => text, spell: (raw: string, was: string) => string = (raw) => raw): Slot {
  const raw = read(word.text);
  return {
    span: word.span, raw,
    obscured: isFilledIn(word.text) ? 'the value is filled in when the script runs' : undefined,
    write: (wanted) => (wanted === raw || word.shared ? [] : [{ ...word.span, text: spell(wanted, word.text) }]),
  };
}
