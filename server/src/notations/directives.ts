import { oncePer } from '#engine/attached.js';
import type { Comment } from '#engine/format.js';
import type { Slot } from '#engine/setting.js';
import { lineEnd, type Edit, type Span } from '#engine/text.js';

/** How one product writes its `name value` lines. */
export interface Dialect {
  /** Characters that begin a comment at the start of a line. */
  readonly comment: string;
  /** Whether a comment may also follow a value, after white space. */
  readonly trailingComments: boolean;
  /** What stands between name and value: white space, an equals sign, or either. */
  readonly assignment: 'space' | 'equals' | 'either';
  /** What to write between name and value. */
  readonly separator: ' ' | ' = ' | '=' | '\t';
  /** Quotes that may enclose a value; the first is the one to write. */
  readonly quotes?: string;
  /** The values that may stand without quotes; absent where quotes are never needed. */
  readonly bare?: RegExp;
  /** Whether `PORT` and `port` are one name. */
  readonly foldCase?: boolean;
  /** Whether a line `[name]` is a heading: a directive whose name is the whole line, brackets included. */
  readonly headings?: boolean;
}

/** One line that says something. */
export interface Directive {
  /** The name as the product compares it. */
  readonly name: string;
  /** The value without quotes and trailing comment; empty for a bare word. */
  readonly value: string;
  readonly nameSpan: Span;
  /** The value with its quotes; empty behind the name for a bare word. */
  readonly valueSpan: Span;
  /** From name to value. */
  readonly span: Span;
}

/** A file of one directive per line: mosquitto.conf, sshd_config, postgresql.conf. */
export interface Directives extends Section {
  readonly text: string;
  readonly dialect: Dialect;
  readonly comments: readonly Comment[];
}

/** A run of directives that belong together: the whole file, or what follows a heading up to the next. */
export interface Section {
  /** The directive that opens it: `Match`, `listener`; none for what stands before the first heading. */
  readonly head?: Directive;
  readonly directives: readonly Directive[];
  /** Where the section ends: the offset behind its last line. */
  readonly end: number;
}

/** Reads a file in one pass. A line that is neither comment nor directive is skipped. */
export function parseDirectives(text: string, dialect: Dialect): Directives {
  const directives: Directive[] = [];
  const comments: Comment[] = [];
  for (let start = 0, stop: number; start < text.length; start = stop + 1) {
    stop = text.indexOf('\n', start);
    if (stop < 0) stop = text.length;
    let from = start;
    let to = stop;
    while (from < to && isBlank(text.charCodeAt(from))) from++;
    while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
    if (from === to) continue;
    if (dialect.comment.includes(text[from]!)) comments.push({ start: from, end: to, text: text.slice(from + 1, to) });
    else readLine(text, from, to, dialect, directives, comments);
  }
  return { text, dialect, directives, comments, end: text.length };
}

function readLine(text: string, from: number, to: number, dialect: Dialect, directives: Directive[], comments: Comment[]): void {
  if (dialect.headings && text[from] === '[') {
    const close = from + text.slice(from, to).indexOf(']');
    if (close < from) return;
    const place = { start: from, end: close + 1 };
    directives.push({ name: text.slice(place.start, place.end), value: '', nameSpan: place, valueSpan: { start: place.end, end: place.end }, span: place });
    return;
  }
  let nameEnd = from;
  // Only where `=` is required may a name hold spaces, as the names of Windows policies do.
  const equals = dialect.assignment === 'equals' ? from + text.slice(from, to).indexOf('=') : -1;
  if (equals > from) {
    nameEnd = equals;
    while (isBlank(text.charCodeAt(nameEnd - 1))) nameEnd--;
  } else while (nameEnd < to && !isBlank(text.charCodeAt(nameEnd)) && !(text[nameEnd] === '=' && dialect.assignment !== 'space')) nameEnd++;
  if (nameEnd === from) return;
  let at = nameEnd;
  while (at < to && isBlank(text.charCodeAt(at))) at++;
  if (text[at] === '=' && dialect.assignment !== 'space') {
    at++;
    while (at < to && isBlank(text.charCodeAt(at))) at++;
  } else if (dialect.assignment === 'equals' && at < to && !dialect.comment.includes(text[at]!)) return;

  let valueEnd = to;
  let value: string | undefined;
  if (at < to && dialect.quotes?.includes(text[at]!)) {
    const close = text.indexOf(text[at]!, at + 1);
    if (close > 0 && close < to) {
      valueEnd = close + 1;
      value = text.slice(at + 1, close);
      const rest = text.slice(valueEnd, to).trimStart();
      if (rest !== '' && !(dialect.trailingComments && dialect.comment.includes(rest[0]!))) {
        valueEnd = to;
        value = undefined;
      }
    }
  }
  if (dialect.trailingComments) {
    const begin = value === undefined ? trailingComment(text, at, to, dialect.comment) : firstInk(text, valueEnd, to);
    if (begin < to) comments.push({ start: begin, end: to, text: text.slice(begin + 1, to) });
    if (value === undefined) {
      valueEnd = begin;
      while (valueEnd > at && isBlank(text.charCodeAt(valueEnd - 1))) valueEnd--;
    }
  }
  const name = text.slice(from, nameEnd);
  const bare = at >= valueEnd;
  const valueSpan = bare ? { start: nameEnd, end: nameEnd } : { start: at, end: valueEnd };
  directives.push({
    name: dialect.foldCase ? name.toLowerCase() : name,
    value: bare ? '' : (value ?? text.slice(at, valueEnd)),
    nameSpan: { start: from, end: nameEnd },
    valueSpan,
    span: { start: from, end: valueSpan.end },
  });
}

function trailingComment(text: string, at: number, to: number, marks: string): number {
  for (let i = at; i < to; i++) if (marks.includes(text[i]!) && (i === at || isBlank(text.charCodeAt(i - 1)))) return i;
  return to;
}

function firstInk(text: string, at: number, to: number): number {
  while (at < to && isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** Space, tab and carriage return. */
function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13;
}

/** Cuts a file at its headings. The first section has no head and holds what stands before them, often nothing. */
export function sections(file: Directives, isHead: (directive: Directive) => boolean): readonly Section[] {
  const cut: { head?: Directive; directives: Directive[]; end: number }[] = [{ directives: [], end: 0 }];
  for (const directive of file.directives) {
    if (isHead(directive)) cut.push({ head: directive, directives: [], end: 0 });
    else cut.at(-1)!.directives.push(directive);
  }
  for (const section of cut) {
    const last = section.directives.at(-1) ?? section.head;
    section.end = last ? lineAfter(file.text, last.span.end) : 0;
  }
  if (cut.length === 1) cut[0]!.end = file.end;
  return cut;
}

/** How a product picks among lines of one name, and what else could hold the value. */
export interface Choice {
  /** Which of several lines counts. */
  readonly wins: 'first' | 'last';
  /** Why an absent value may be stated elsewhere: an include that could not be read. */
  readonly elsewhere?: string | undefined;
}

/** The first or last directive of a section with a name as the product compares it. */
export function named(section: Section, name: string, wins: Choice['wins']): Directive | undefined {
  const { directives } = section;
  if (directives.length < worthAnIndex) {
    if (wins === 'first') for (let i = 0; i < directives.length; i++) { if (directives[i]!.name === name) return directives[i]; }
    else for (let i = directives.length - 1; i >= 0; i--) if (directives[i]!.name === name) return directives[i];
    return undefined;
  }
  return endsByName(directives).get(name)?.[wins];
}

/** A section of fewer directives is read through in less time than an index of it takes to build. */
const worthAnIndex = 16;
const endsByName = oncePer((directives: readonly Directive[]) => {
  const index = new Map<string, { readonly first: Directive; last: Directive }>();
  for (const directive of directives) {
    const ends = index.get(directive.name);
    if (ends) ends.last = directive;
    else index.set(directive.name, { first: directive, last: directive });
  }
  return index;
});

/**
 * The value of a directive in a section. Absent, it is written below a comment that mentions it, as shipped files
 * have them, else at the end of the section.
 */
export function slot(file: Directives, section: Section, name: string, { wins, elsewhere }: Choice): Slot {
  const found = named(section, file.dialect.foldCase ? name.toLowerCase() : name, wins);
  if (found) {
    return {
      span: found.span,
      raw: found.value,
      write: (raw) => (raw === found.value || isOpen(file, found) ? [] : [written(file, found, quoted(raw, file, found))]),
    };
  }
  return {
    span: section.head?.span ?? { start: 0, end: 0 },
    obscured: elsewhere,
    write: (raw) => insertion(file, section, name, `${name}${file.dialect.separator}${quoted(raw, file)}`),
  };
}

/** Whether a quote in a value has no other half: the product reads something else than what stands on the line. */
function isOpen({ text, dialect }: Directives, { valueSpan }: Directive): boolean {
  const said = text.slice(valueSpan.start, valueSpan.end);
  return [...dialect.quotes ?? ''].some((quote) => said.split(quote).length === 2);
}

/** A value in the place of another; where there is none, with what separates it from the name, which may stand there already. */
function written({ text, dialect }: Directives, { nameSpan, valueSpan }: Directive, value: string): Edit {
  if (valueSpan.start !== nameSpan.end) return { ...valueSpan, text: value };
  const sign = dialect.assignment === 'space' ? undefined : /^[ \t]{0,100}=/.exec(text.slice(valueSpan.start, valueSpan.start + 101));
  return { start: valueSpan.start, end: Math.max(valueSpan.end, valueSpan.start + (sign?.[0].length ?? 0)), text: dialect.separator + value };
}

/** A bare word that is either there or not: `raw` is `yes` when it stands, and writing `no` removes every line of it. */
export function flag(file: Directives, section: Section, name: string, elsewhere?: string): Slot {
  const folded = file.dialect.foldCase ? name.toLowerCase() : name;
  const found = named(section, folded, 'first');
  const removed = () => section.directives.filter((one) => one.name === folded).map((one) => removal(file.text, one.span));
  return {
    span: found?.span ?? section.head?.span ?? { start: 0, end: 0 },
    raw: found ? 'yes' : undefined,
    obscured: found ? undefined : elsewhere,
    write: (raw) => (raw === 'yes' ? (found ? [] : insertion(file, section, name, name)) : found ? removed() : []),
  };
}

/** The edit that takes a statement away with its line, unless something else stands on it. */
export function removal(text: string, span: Span): Edit {
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const end = lineAfter(text, span.end);
  return text.slice(start, span.start).trim() === '' && text.slice(span.end, end).trim() === '' ? { start, end, text: '' } : { ...span, text: '' };
}

/** The edits that add a line to a section, indented as its first line is. */
export function insertion(file: Directives, section: Section, name: string, line: string): readonly Edit[] {
  const { text } = file;
  const eol = lineEnd(text);
  const from = section.head?.span.end ?? 0;
  const mention = file.comments.find(({ start, text: said }) => start >= from && start < section.end && mentions(said, name, file.dialect));
  const at = mention ? lineAfter(text, mention.end) : section.end;
  const model = section.directives[0];
  const indent = model ? text.slice(text.lastIndexOf('\n', model.span.start - 1) + 1, model.span.start) : '';
  const before = at > 0 && text[at - 1] !== '\n' ? eol : '';
  return [{ start: at, end: at, text: `${before}${indent.trim() === '' ? indent : ''}${line}${before ? '' : eol}` }];
}

function mentions(said: string, name: string, { assignment }: Dialect): boolean {
  const words = said.trimStart();
  if (words.slice(0, name.length).toLowerCase() !== name.toLowerCase()) return false;
  const next = words[name.length];
  return next === undefined || next === ' ' || next === '\t' || (next === '=' && assignment !== 'space');
}

function quoted(raw: string, { text, dialect }: Directives, model?: Directive): string {
  if (!dialect.quotes) return raw;
  const before = model && model.valueSpan.end > model.valueSpan.start ? text[model.valueSpan.start]! : '';
  const wasQuoted = dialect.quotes.includes(before) && before !== '' && model!.value.length + 2 === model!.valueSpan.end - model!.valueSpan.start;
  if (!wasQuoted && (!dialect.bare || dialect.bare.test(raw))) return raw;
  const mark = [...(wasQuoted ? before : ''), ...dialect.quotes].find((quote) => !raw.includes(quote)) ?? dialect.quotes[0]!;
  return `${mark}${raw}${mark}`;
}

/** The offset behind the line end that follows `at`, or the end of the text. */
export function lineAfter(text: string, at: number): number {
  const stop = text.indexOf('\n', at);
  return stop < 0 ? text.length : stop + 1;
}
