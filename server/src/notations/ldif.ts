import { decodeBase64 } from '#engine/base64.js';
import type { Comment } from '#engine/format.js';
import type { Slot } from '#engine/setting.js';
import { lineEnd, type Edit, type Span } from '#engine/text.js';

/** One `name: value` of an entry. */
export interface LdifValue {
  /** In lower case, as directories compare it. */
  readonly name: string;
  /** With folded lines joined and what `::` says in Base64 decoded; absent where it stands in another file or is not text. */
  readonly value?: string;
  readonly span: Span;
  /** Behind the colon and blanks, over folded lines; with the second mark of a value that is coded or stands elsewhere. */
  readonly valueSpan: Span;
}

/** What stands between two empty lines: an entry of a directory, or a change to one. */
export interface LdifEntry {
  readonly dn: LdifValue;
  readonly values: readonly LdifValue[];
  /** Whether it changes an entry and so does not show the whole of it. */
  readonly isChange: boolean;
  /** Behind its last line. */
  readonly end: number;
}

export interface Ldif {
  readonly text: string;
  readonly entries: readonly LdifEntry[];
  readonly comments: readonly Comment[];
}

/** Reads a file in one pass: a blank at the start of a line continues the one before, `#` begins a comment line (RFC 2849). */
export function parseLdif(text: string): Ldif {
  const entries: LdifEntry[] = [];
  const comments: Comment[] = [];
  let values: LdifValue[] = [];
  const finish = (end: number) => {
    const dn = values.find(({ name }) => name === 'dn');
    if (dn) entries.push({ dn, values, isChange: values.some(({ name, value }) => name === 'changetype' && value?.toLowerCase() !== 'add'), end });
    values = [];
  };
  for (let at = 0; at < text.length; ) {
    let stop = endOfLine(text, at);
    const first = stop;
    while (stop < text.length && text[stop + 1] === ' ') stop = endOfLine(text, stop + 1);
    const end = trimmed(text, at, stop);
    if (trimmed(text, at, first) === at) finish(at);
    else if (text[at] === '#') comments.push({ start: at, end, text: text.slice(at + 1, end) });
    else {
      const colon = text.indexOf(':', at);
      if (colon > at && colon < first) values.push(readValue(text, at, colon, end));
    }
    at = stop + 1;
  }
  finish(text.length);
  return { text, entries, comments };
}

function readValue(text: string, start: number, colon: number, end: number): LdifValue {
  const mark = text[colon + 1] === ':' || text[colon + 1] === '<' ? text[colon + 1] : undefined;
  let from = colon + (mark ? 2 : 1);
  while (text[from] === ' ' && from < end) from++;
  const written = text.slice(from, end).replace(/\r?\n /g, '');
  const value = mark === undefined ? written : mark === ':' ? decodeBase64(written) : undefined;
  return {
    name: text.slice(start, colon).trim().toLowerCase(), ...(value !== undefined && { value }), span: { start, end: Math.max(end, colon + 1) },
    valueSpan: { start: mark ? colon + 1 : from, end: Math.max(end, colon + 1) },
  };
}

function endOfLine(text: string, from: number): number {
  const stop = text.indexOf('\n', from);
  return stop < 0 ? text.length : stop;
}

function trimmed(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && (text[end - 1] === '\r' || text[end - 1] === ' ')) end--;
  return end;
}

/** The values of one name in an entry. */
export function valuesOf(entry: LdifEntry, name: string): readonly LdifValue[] {
  return entry.values.filter((one) => one.name === name.toLowerCase());
}

/** The value of a name that an entry has once. Absent, it is written as the last line of the entry. */
export function slot({ text }: Ldif, entry: LdifEntry, name: string): Slot {
  const found = valuesOf(entry, name).at(-1);
  if (found) return {
    span: found.span, raw: found.value, obscured: found.value === undefined ? 'the value is not text or stands in another file' : undefined,
    write: (raw) => (raw === found.value ? [] : [{ ...found.valueSpan, text: (text[found.valueSpan.start - 1] === ' ' ? '' : ' ') + raw }]),
  };
  const at = entry.values.at(-1)!.span.end;
  return { span: entry.dn.span, write: (raw) => [{ start: at, end: at, text: `${lineEnd(text)}${name}: ${raw}` }] };
}

/** The edit that takes a value away with its line. */
export function removal({ text }: Ldif, { span }: LdifValue): Edit {
  return { start: span.start, end: Math.min(endOfLine(text, span.end) + 1, text.length), text: '' };
}
