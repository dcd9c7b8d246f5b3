import type { Comment } from '#engine/format.js';
import type { Slot } from '#engine/setting.js';
import { lineEnd, type Edit, type Span } from '#engine/text.js';
import { table } from '#engine/table.js';

/** One `key = value` of a Java properties file. */
export interface Property {
  /** With escapes decoded. */
  readonly key: string;
  readonly value: string;
  /** From key to the end of the value, over continued lines. */
  readonly span: Span;
  /** Behind the separator; empty where there is no value. */
  readonly valueSpan: Span;
}

/** A Java properties file, as `java.util.Properties` reads it. */
export interface Properties {
  readonly text: string;
  readonly all: readonly Property[];
  /** The last of each key, which is the one that counts. */
  readonly byKey: ReadonlyMap<string, Property>;
  readonly comments: readonly Comment[];
}

/** Reads a file in one pass: `#` and `!` begin comment lines, a backslash at a line's end continues it. */
export function parseProperties(text: string): Properties {
  const all: Property[] = [];
  const comments: Comment[] = [];
  for (let at = 0; at < text.length; ) {
    let from = at;
    while (isBlank(text.charCodeAt(from))) from++;
    const stop = endOfLine(text, from);
    if (text[from] === '#' || text[from] === '!') {
      const end = trimmed(text, from, stop);
      comments.push({ start: from, end, text: text.slice(from + 1, end) });
      at = stop + 1;
      continue;
    }
    let end = stop;
    while (continues(text, from, end) && end < text.length) end = endOfLine(text, end + 1);
    if (from < end) all.push(readProperty(text, from, text[end - 1] === '\r' ? end - 1 : end));
    at = end + 1;
  }
  return { text, all, byKey: new Map(all.map((property) => [property.key, property])), comments };
}

function readProperty(text: string, from: number, end: number): Property {
  let at = from;
  for (; at < end
    && !isBlank(text.charCodeAt(at))
    && text[at] !== '='
    && text[at] !== ':'
    && text[at] !== '\r'
    && text[at] !== '\n'; at++) if (text[at] === '\\') at++;
  const keyEnd = Math.min(at, end);
  at = skipBlank(text, keyEnd, end);
  if (text[at] === '=' || text[at] === ':') at = skipBlank(text, at + 1, end);
  const valueSpan = { start: Math.min(at, end), end };
  return {
    key: decode(text.slice(from, keyEnd)), value: decode(text.slice(valueSpan.start, end)),
    span: { start: from, end: at >= end ? Math.max(keyEnd, trimmed(text, from, end)) : end }, valueSpan,
  };
}

function skipBlank(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** Space, tab and form feed; a carriage return ends a line. */
function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 12;
}

function endOfLine(text: string, from: number): number {
  const stop = text.indexOf('\n', from);
  return stop < 0 ? text.length : stop;
}

function trimmed(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && (isBlank(text.charCodeAt(end - 1)) || text[end - 1] === '\r')) end--;
  return end;
}

/** Whether an odd number of backslashes ends the line. */
function continues(text: string, from: number, lineStop: number): boolean {
  const end = text[lineStop - 1] === '\r' ? lineStop - 1 : lineStop;
  let at = end;
  while (at > from && text[at - 1] === '\\') at--;
  return (end - at) % 2 === 1;
}

function decode(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replace(/\\(?:\r?\n[ \t\f]*|u([0-9a-fA-F]{4})|([\s\S])|$)/g, (_all, hex: string | undefined, mark: string | undefined) =>
    hex !== undefined ? String.fromCharCode(Number.parseInt(hex, 16)) : mark === undefined ? '' : table<Readonly<Record<string, string>>>({ t: '\t', n: '\n', r: '\r', f: '\f' })[mark] ?? mark);
}

/** A value so that it reads back as it is. Colons and equals signs need no escape behind the separator. */
function encode(value: string): string {
  return value.replace(/[\\\n\r\t\f]/g, (mark) => table<Readonly<Record<string, string>>>({ '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\f': '\\f' })[mark]!).replace(/^ /, '\\ ');
}

/** The value of a key. Absent, it is written below a comment that mentions it, else at the end of the file. */
export function slot(file: Properties, key: string): Slot {
  const found = file.byKey.get(key);
  if (found) {
    return {
      span: found.span,
      raw: found.value,
      write: (value) => (value === found.value ? [] : [{
        ...found.valueSpan, text: (found.valueSpan.start === found.valueSpan.end && !separated(file.text, found) ? ' = ' : '') + encode(value),
      }]),
    };
  }
  return { span: { start: 0, end: 0 }, write: (value) => insertion(file, key, encode(value)) };
}

/** Whether an equals sign or colon stands behind the key already. */
function separated(text: string, { span, valueSpan }: Property): boolean {
  return /[=:]\s*$/.test(text.slice(span.start, valueSpan.start));
}

function insertion(file: Properties, key: string, value: string): readonly Edit[] {
  const { text } = file;
  const eol = lineEnd(text);
  const mention = file.comments.find(({ text: said }) => said.trimStart().startsWith(key) && /^\s*[=:]/.test(said.trimStart().slice(key.length)));
  const at = mention ? Math.min(endOfLine(text, mention.end) + 1, text.length) : text.length;
  const before = at > 0 && text[at - 1] !== '\n' ? eol : '';
  const model = file.all[0];
  const separator = model && !/^[^=:]*\s[=:]/.test(text.slice(model.span.start, model.valueSpan.start)) ? '=' : ' = ';
  return [{ start: at, end: at, text: `${before}${key}${separator}${value}${before ? '' : eol}` }];
}

/** The edit that takes a property away with its lines. */
export function removal({ text }: Properties, { span }: Property): Edit {
  return { start: text.lastIndexOf('\n', span.start - 1) + 1, end: Math.min(endOfLine(text, span.end) + 1, text.length), text: '' };
}
