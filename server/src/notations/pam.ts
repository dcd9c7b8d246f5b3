import type { Surroundings } from '#engine/analysis.js';
import type { Comment } from '#engine/format.js';
import type { Slot } from '#engine/setting.js';
import type { Edit, Span } from '#engine/text.js';
import { lineAfter } from './directives.js';

/** pam.d(5): the four stacks of a service. */
export const pamTypes = ['auth', 'account', 'password', 'session'] as const;
export type PamType = (typeof pamTypes)[number];

/** One argument of a module: `nullok`, or `minlen=14`. */
export interface PamArgument {
  readonly name: string;
  /** What stands behind `=`; absent for a bare word. */
  readonly value?: string;
  readonly span: Span;
  readonly valueSpan: Span;
}

/** One rule: `auth required pam_unix.so nullok`. */
export interface PamLine {
  readonly type: PamType;
  /** A keyword in lower case, or `[value=action …]` as it stands. */
  readonly control: string;
  readonly controlSpan: Span;
  /** The file name of the module without its folder; of `include` and `substack` the file included. */
  readonly module: string;
  readonly arguments: readonly PamArgument[];
  readonly span: Span;
}

/** Debian's `@include common-auth`: the lines of every type of another file. */
export interface PamInclude {
  readonly file: string;
  readonly span: Span;
}

/** A file of `/etc/pam.d`, in order; the order is its meaning. */
export interface Pam {
  readonly text: string;
  readonly statements: readonly (PamLine | PamInclude)[];
  readonly comments: readonly Comment[];
}

export const isInclude = (statement: PamLine | PamInclude): statement is PamInclude => 'file' in statement;

/** Reads a file of `/etc/pam.d` in one pass. A line that is no rule is skipped, as the library skips it with a word in the log. */
export function parsePam(text: string): Pam {
  const statements: (PamLine | PamInclude)[] = [];
  const comments: Comment[] = [];
  for (let start = 0; start < text.length; ) {
    const { stop, words, comment } = logicalLine(text, start);
    if (comment) comments.push(comment);
    const statement = statementOf(text, words);
    if (statement) statements.push(statement);
    start = stop;
  }
  return { text, statements, comments };
}

/** The words of one line with its continuations. A `[` opens a word that holds white space, up to `]`. */
function logicalLine(text: string, start: number): { stop: number; words: Span[]; comment?: Comment } {
  const words: Span[] = [];
  let at = start;
  while (at < text.length) {
    const code = text[at]!;
    if (code === '\n') return { stop: at + 1, words };
    if (code === ' ' || code === '\t' || code === '\r') at++;
    else if (continues(text, at)) at = lineAfter(text, at);
    else if (code === '#') {
      const stop = lineAfter(text, at);
      const end = at + text.slice(at, stop).trimEnd().length;
      return { stop, words, comment: { start: at, end, text: text.slice(at + 1, end) } };
    } else {
      const end = wordEnd(text, at);
      words.push({ start: at, end });
      at = end;
    }
  }
  return { stop: text.length, words };
}

function wordEnd(text: string, start: number): number {
  let at = start;
  if (text[at] === '[') {
    while (at < text.length && text[at] !== ']' && text[at] !== '\n') at++;
    return text[at] === ']' ? at + 1 : at;
  }
  while (at < text.length && !' \t\r\n#'.includes(text[at]!) && !continues(text, at)) at++;
  return at;
}

/** Whether a backslash ends the line here, so that the rule goes on in the next. */
function continues(text: string, at: number): boolean {
  return text[at] === '\\' && (text[at + 1] === '\n' || (text[at + 1] === '\r' && text[at + 2] === '\n'));
}

function statementOf(text: string, words: readonly Span[]): PamLine | PamInclude | undefined {
  const [head, control, module] = words;
  if (!head) return undefined;
  const first = text.slice(head.start, head.end).toLowerCase();
  if (first === '@include') return control && { file: text.slice(control.start, control.end), span: { start: head.start, end: control.end } };
  const name = first.startsWith('-') ? first.slice(1) : first;
  const type = pamTypes.find((known) => known === name);
  if (!type || !control || !module) return undefined;
  const said = text.slice(control.start, control.end);
  const path = text.slice(module.start, module.end);
  return {
    type,
    control: said.startsWith('[') ? said : said.toLowerCase(),
    controlSpan: control,
    module: path.slice(path.lastIndexOf('/') + 1),
    arguments: words.slice(3).map((span) => argumentOf(text, span)),
    span: { start: head.start, end: words.at(-1)!.end },
  };
}

function argumentOf(text: string, span: Span): PamArgument {
  const bracketed = text[span.start] === '[' && text[span.end - 1] === ']';
  const from = bracketed ? span.start + 1 : span.start;
  const to = bracketed ? span.end - 1 : span.end;
  const said = text.slice(from, to);
  const equals = said.indexOf('=');
  if (equals < 0) return { name: said, span, valueSpan: { start: to, end: to } };
  return { name: said.slice(0, equals), value: said.slice(equals + 1), span, valueSpan: { start: from + equals + 1, end: to } };
}

/** The value of `name=value` of a module. Absent, it is written behind the last argument. A later one overrides an earlier one. */
export function pamArgument(line: PamLine, name: string): Slot {
  let found: PamArgument | undefined;
  for (const argument of line.arguments) if (argument.name === name && argument.value !== undefined) found = argument;
  if (!found) return { span: line.span, write: (raw) => [{ start: line.span.end, end: line.span.end, text: ` ${name}=${raw}` }] };
  return { span: found.span, raw: found.value, write: (raw) => (raw === found.value ? [] : [{ ...found.valueSpan, text: raw }]) };
}

/** A bare word among the arguments of a module: `raw` is `yes` when it stands, and writing `no` removes every one of it. */
export function pamWord(file: Pam, line: PamLine, ...names: readonly [string, ...string[]]): Slot {
  const found: PamArgument[] = [];
  for (const argument of line.arguments) if (argument.value === undefined && names.includes(argument.name)) found.push(argument);
  return {
    span: found[0]?.span ?? line.span,
    raw: found.length > 0 ? 'yes' : undefined,
    write: (raw) => (raw === 'yes' ? (found.length > 0 ? [] : [{ start: line.span.end, end: line.span.end, text: ` ${names[0]}` }]) : found.map(({ span }) => withoutWord(file.text, span))),
  };
}

/** Replaces a bare word by another. */
export function replaceWord(argument: PamArgument, by: string): Edit {
  return { ...argument.span, text: by };
}

/**
 * Whether a service file beside a file of `/etc/security` gives a module an argument, which then overrides that file.
 * `pending` while the host has not loaded them.
 */
export function pamStates(surroundings: Surroundings, path: string, services: readonly string[], modules: readonly string[], names: readonly string[]): boolean | 'pending' {
  const folder = /^(.*\/)?security\/[^/]+$/.exec(path);
  const opened = services.map((service) => surroundings.open(`${folder ? `${folder[1] ?? ''}pam.d` : 'pam.d'}/${service}`));
  const states = (text: string) => parsePam(text).statements.some((line) => !isInclude(line) && modules.includes(line.module) && line.arguments.some(({ name }) => names.includes(name)));
  if (opened.some((file) => typeof file === 'object' && states(file.text))) return true;
  return opened.includes('pending') ? 'pending' : false;
}

function withoutWord(text: string, { start, end }: Span): Edit {
  let from = start;
  while (from > 0 && (text[from - 1] === ' ' || text[from - 1] === '\t')) from--;
  return { start: from, end, text: '' };
}
