import type { Comment } from '#engine/format.js';
import type { Slot } from '#engine/setting.js';
import { lineEnd, type Edit, type Span } from '#engine/text.js';

/** A region between `#if…` and `#endif`, or one of its branches. */
interface Branch {
  /** The directive as it is written: `#ifdef ESP32`. */
  readonly text: string;
  /** The name of an `#ifndef` whose block defines that very name: an include guard, or a default that is set once. */
  readonly guard?: string | undefined;
  guarded: boolean;
  /** Known where nothing outside of the file decides it. */
  readonly taken?: boolean | undefined;
}

/** `#define NAME value` or `#undef NAME`. */
interface Statement {
  readonly name: string;
  readonly defines: boolean;
  /** The text of the macro without comment and blanks; empty for a bare name. */
  readonly value: string;
  readonly span: Span;
  readonly valueSpan: Span;
  readonly branches: readonly Branch[];
}

/** A C header that holds nothing but settings. */
export interface Defines {
  readonly text: string;
  readonly comments: readonly Comment[];
  readonly statements: ReadonlyMap<string, readonly Statement[]>;
  /** Where a new statement goes: before the `#endif` of an include guard, else the end; nowhere while an `#if`, a comment or a line is not closed. */
  readonly end: number | undefined;
}

/** Levels of `#if` that are read; deeper ones are one level. */
const deepest = 200;

/** Reads a header in one pass. Only what the preprocessor says is read: C between the lines is passed over. */
export function parseDefines(text: string): Defines {
  const comments: Comment[] = [];
  const statements = new Map<string, Statement[]>();
  const branches: Branch[] = [];
  let closing: number | undefined;
  let unclosed = false;
  let at = 0;
  while (at < text.length) {
    const stop = lineStop(text, at);
    const from = ink(text, at, stop);
    if (text.startsWith('/*', from)) {
      const close = text.indexOf('*/', from + 2);
      const end = close < 0 ? text.length : close + 2;
      unclosed = close < 0;
      comments.push({ start: from, end, text: text.slice(from + 2, close < 0 ? end : close) });
      at = lineStop(text, end) + 1;
      continue;
    }
    if (text.startsWith('//', from)) comments.push({ start: from, end: trimmed(text, from, stop), text: text.slice(from + 2, stop).trimEnd() });
    else if (from < stop && text[from] !== '\r') {
      closing = undefined;
      if (text[from] === '#') readDirective(from, stop);
    }
    at = stop + 1;
  }
  const isOpen = unclosed || branches.length > 0 || /\\\s*$/.test(text.slice(-200));
  return { text, comments, statements, end: isOpen ? undefined : (closing ?? text.length) };

  function readDirective(from: number, stop: number): void {
    const code = codeEnd(text, from, stop);
    if (code.comment !== undefined) comments.push({
      start: code.comment,
      end: trimmed(text, code.comment, stop),
      text: text.slice(code.comment + 2, stop).trimEnd(),
    });
    const match = /^#[ \t]*(\w+)[ \t]*(\w*)/.exec(text.slice(from, code.end));
    if (!match) return;
    const [, word, name] = match as unknown as [string, string, string];
    if (word === 'define' || word === 'undef') {
      if (name === '') return;
      const valueFrom = ink(text, from + match[0].length, code.end);
      const bare = word === 'undef' || valueFrom >= code.end || text[from + match[0].length] === '(';
      const nameEnd = from + match[0].length;
      const valueSpan = bare ? { start: nameEnd, end: nameEnd } : { start: valueFrom, end: code.end };
      const statement = {
        name,
        defines: word === 'define',
        value: text.slice(valueSpan.start, valueSpan.end),
        span: { start: from, end: Math.max(nameEnd, valueSpan.end) },
        valueSpan,
        branches: [...branches],
      };
      statements.get(name)?.push(statement) ?? statements.set(name, [statement]);
      if (word === 'define') for (const branch of branches) if (branch.guard === name) branch.guarded = true;
    } else if (word === 'if' || word === 'ifdef' || word === 'ifndef') {
      const condition = text.slice(from, code.end);
      const guard = word === 'ifndef' ? name : /^#[ \t]*if[ \t]+!defined[ \t]{0,40}\(?[ \t]{0,40}(\w+)[ \t]*\)?$/.exec(condition)?.[1];
      if (branches.length < deepest) branches.push({
        text: condition,
        guard,
        guarded: false,
        taken: word === 'if' && /^[01]$/.test(name) && match[0].length === condition.length ? name === '1' : undefined,
      });
    } else if (word === 'else' || word === 'elif') {
      const before = branches.pop();
      if (before) branches.push({
        text: `${before.text} … #${word}`,
        guarded: false,
        taken: before.taken === undefined ? undefined : word === 'else' ? !before.taken : undefined,
      });
    } else if (word === 'endif') {
      const closed = branches.pop();
      closing = branches.length > 0 ? closing : closed?.guarded ? lineStart(text, from) : undefined;
    }
  }
}

/** What a name is in the end, as far as the file decides it. */
interface Standing {
  readonly found?: Statement | undefined;
  readonly obscured?: string | undefined;
}

function standing(file: Defines, name: string): Standing {
  let now: Standing = {};
  for (const statement of file.statements.get(name) ?? []) {
    if (statement.branches.some(({ taken }) => taken === false)) continue;
    const open = statement.branches.find(({ taken, guarded }) => taken !== true && !guarded);
    now = open ? { found: statement, obscured: `\`${open.text}\` decides whether it is defined` } : { found: statement };
  }
  return now;
}

/** How the text of a macro is written: a C string in quotes, or as it stands. */
export type MacroText = 'string' | 'plain';

/**
 * The value of a macro. Absent, it is set behind an `#undef`, because the header that this one overrides defines it as
 * well; an `#undef` alone is an absent value.
 */
export function slot(file: Defines, name: string, how: MacroText, absentAt: Span = { start: 0, end: 0 }): Slot {
  const { found, obscured } = standing(file, name);
  const spelt = (raw: string) => (how === 'string' ? `"${raw.replace(/["\\]/g, '\\$&')}"` : raw);
  // What only a condition defines is defined anew behind it.
  const anew = (raw: string) => added(file, [`#undef  ${name}`, `#define ${name} ${spelt(raw)}`]);
  if (found?.defines) {
    const raw = how === 'string' ? unquoted(found.value) : found.value;
    return {
      span: found.span,
      raw,
      obscured,
      write: (wanted) => (obscured !== undefined ? anew(wanted) : wanted === raw ? [] : [{ ...found.valueSpan, text: `${/[ \t]/.test(file.text[found.valueSpan.start - 1] ?? '') ? '' : ' '}${spelt(wanted)}` }]),
    };
  }
  return {
    span: found?.span ?? absentAt,
    obscured,
    write: (raw) => (found && obscured === undefined ? added(file, [`#define ${name} ${spelt(raw)}`]) : anew(raw)),
  };
}

/** A macro that is either there or not: `raw` is `yes` or, after an `#undef`, `no`. */
export function presence(file: Defines, name: string, absentAt: Span = { start: 0, end: 0 }): Slot {
  const { found, obscured } = standing(file, name);
  const raw = found ? (found.defines ? 'yes' : 'no') : undefined;
  return {
    span: found?.span ?? absentAt,
    raw,
    obscured,
    write: (wanted) => (wanted === raw && obscured === undefined ? [] : found && obscured === undefined ? [{
      ...found.span,
      text: `#${wanted === 'yes' ? 'define' : 'undef'} ${name}`,
    }] : added(file, [`#${wanted === 'yes' ? 'define' : 'undef'} ${name}`])),
  };
}

function unquoted(value: string): string {
  const inside = /^"((?:[^"\\]|\\.)*)"$/.exec(value)?.[1];
  return inside === undefined ? value : inside.replace(/\\(.)/g, '$1');
}

function added({ text, end }: Defines, lines: readonly string[]): readonly Edit[] {
  if (end === undefined) return [];
  const eol = lineEnd(text);
  const before = end > 0 && text[end - 1] !== '\n' ? eol : '';
  return [{ start: end, end, text: before + lines.join(eol) + (before ? '' : eol) }];
}

/** The end of what the preprocessor reads of a line, and where a comment behind it begins. Text in quotes holds no comment. */
function codeEnd(text: string, from: number, stop: number): { readonly end: number; readonly comment?: number } {
  let quote = '';
  for (let at = from; at < stop; at++) {
    const mark = text[at]!;
    if (quote !== '') {
      if (mark === '\\') at++;
      else if (mark === quote) quote = '';
    } else if (mark === '"' || mark === "'") quote = mark;
    else if (mark === '/' && (text[at + 1] === '/' || text[at + 1] === '*')) return { end: trimmed(text, from, at), comment: at };
  }
  return { end: trimmed(text, from, stop) };
}

function lineStop(text: string, at: number): number {
  const stop = text.indexOf('\n', at);
  return stop < 0 ? text.length : stop;
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

function ink(text: string, at: number, stop: number): number {
  while (at < stop && (text[at] === ' ' || text[at] === '\t')) at++;
  return at;
}

function trimmed(text: string, from: number, to: number): number {
  while (to > from && ' \t\r'.includes(text[to - 1]!)) to--;
  return to;
}
