import type { Comment } from '#engine/format.js';
import type { Slot } from '#engine/setting.js';
import type { Edit, Span } from '#engine/text.js';
import { placesOf } from '#notations/included-files.js';
import { readComment } from '#notations/words.js';

/** One word of a line. Quotes take away the meaning a keyword or `@` has. */
export interface Token extends Span {
  readonly value: string;
  readonly quoted: boolean;
  /** A quote in it is not closed on its line. */
  readonly open?: true;
}

export const types = ['local', 'host', 'hostssl', 'hostnossl', 'hostgssenc', 'hostnogssenc'] as const;
export type RecordType = (typeof types)[number];

/** One line of pg_hba.conf: who may come from where to which database, and how they prove it. */
export interface HbaRecord {
  readonly type: RecordType;
  readonly typeToken: Token;
  readonly databases: readonly Token[];
  readonly users: readonly Token[];
  /** Absent on `local` lines. */
  readonly address?: Token;
  /** The mask of the older form that states it in a column of its own. */
  readonly mask?: Token;
  readonly method: Token;
  readonly options: ReadonlyMap<string, Token>;
  readonly span: Span;
  /** A quote in it is not closed, so that what is written behind it is part of a word. */
  readonly open?: true;
}

/** A line that includes other lines; PostgreSQL 16 and later. */
export interface Inclusion {
  readonly kind: 'include' | 'include_if_exists' | 'include_dir';
  readonly target: string;
  readonly span: Span;
}

export interface Hba {
  readonly text: string;
  readonly comments: readonly Comment[];
  /** In the order in which the server tries them. */
  readonly lines: readonly (HbaRecord | Inclusion)[];
}

/**
 * Reads the file in one pass, as PostgreSQL 15, section 21.1 describes it: white space between columns, commas in the
 * first two, `#` to the end of the line, a backslash before the line end continues the line. A line that is no record is skipped.
 */
export function parseHba(text: string): Hba {
  const comments: Comment[] = [];
  const lines: (HbaRecord | Inclusion)[] = [];
  let columns: Token[][] = [];
  let joined = false;
  const finish = () => {
    const line = columns.length > 0 ? lineOf(columns) : undefined;
    if (line) lines.push(line);
    columns = [];
    joined = false;
  };
  for (let at = 0; at < text.length;) {
    const ch = text[at]!;
    if (ch === '\n') {
      finish();
      at++;
    } else if (ch === '\\' && /^\\\r?\n/.test(text.slice(at, at + 3))) at += text[at + 1] === '\r' ? 3 : 2;
    else if (ch === ' ' || ch === '\t' || ch === '\r' || ch === '\f' || ch === '\v') at++;
    else if (ch === '#') at = readComment(text, at, comments);
    else if (ch === ',') {
      joined = true;
      at++;
    } else {
      const token = readToken(text, at);
      if (joined && columns.length > 0) columns.at(-1)!.push(token);
      else columns.push([token]);
      joined = false;
      at = token.end;
    }
  }
  finish();
  return { text, comments, lines };
}

const ends = /[\n\r \t,#"]/g;

function readToken(text: string, start: number): Token {
  // Most words have no quotes, and are a slice of the text.
  ends.lastIndex = start;
  const stop = ends.exec(text)?.index ?? text.length;
  if (stop > start && text[stop] !== '"') return { value: text.slice(start, stop), quoted: false, start, end: stop };
  let value = '';
  let inQuotes = false;
  let at = start;
  for (; at < text.length; at++) {
    const ch = text[at]!;
    if (ch === '\n' || (ch === '\r' && text[at + 1] === '\n')) break;
    if (!inQuotes && (ch === ' ' || ch === '\t' || ch === ',' || ch === '#' || ch === '\r')) break;
    if (ch === '"') {
      if (inQuotes && text[at + 1] === '"') value += text[++at]!;
      else inQuotes = !inQuotes;
    } else value += ch;
  }
  return { value, quoted: text[start] === '"', start, end: Math.max(at, start + 1), ...(inQuotes && { open: true as const }) };
}

function lineOf(columns: readonly (readonly Token[])[]): HbaRecord | Inclusion | undefined {
  const first = columns[0]![0]!;
  const span = { start: first.start, end: columns.at(-1)!.at(-1)!.end };
  if (/^include(?:_if_exists|_dir)?$/.test(first.value)) {
    const target = columns[1]?.[0];
    return target && { kind: first.value as Inclusion['kind'], target: target.value, span };
  }
  const type = types.find((word) => word === first.value);
  if (!type) return undefined;
  const [, databases, users] = columns;
  const flat = columns.slice(3).map((column) => column[0]!);
  const address = type === 'local' ? undefined : flat.shift();
  const mask = address && isAddress(address.value) && flat[0] && isAddress(flat[0].value)
    ? flat.shift() : undefined;
  const method = flat.shift();
  if (!databases || !users || !method) return undefined;
  const options = new Map<string, Token>();
  for (const token of flat) {
    const equals = token.value.indexOf('=');
    if (equals >= 0) options.set(token.value.slice(0, equals).toLowerCase(), { ...token, value: token.value.slice(equals + 1) });
  }
  const open = columns.at(-1)!.at(-1)!.open && { open: true as const };
  return { type, typeToken: first, databases, users, ...(address && { address }), ...(mask && { mask }), method, options, span, ...open };
}

/** Whether a word is an address or a mask, and no name. */
const isAddress = (word: string) => /^[\d.]+$/.test(word) || word.includes(':') && /^[\da-f:.]+$/i.test(word);

/** A column as a place to write in: the word is replaced, what stands around it stays, the columns behind keep their place where there is room. */
export function column({ text }: Hba, token: Token, behind?: Token): Slot {
  const stop = behind?.end ?? token.end;
  return {
    span: token,
    raw: token.value,
    write: (raw) => (raw === token.value && !behind ? [] : [aligned(text, token, stop, raw)]),
  };
}

/** Replaces a word; a longer one takes its room from the spaces behind it, as far as two columns stay apart. */
function aligned(text: string, { start }: Span, end: number, raw: string): Edit {
  let room = 0;
  while (text[end + room] === ' ') room++;
  const longer = raw.length - (end - start);
  const behind = text[end + room];
  if (behind === undefined || behind === '\n' || behind === '\r' || behind === '#' || room === 0) return { start, end, text: raw };
  const spaces = Math.max(1, room - longer);
  return { start, end: end + room, text: raw + ' '.repeat(spaces) };
}

/** An option of a line as a place to write in: `ldaptls=1`. Absent, it is written behind the last word of the line. */
export function option(record: HbaRecord, name: string): Slot {
  const found = record.options.get(name);
  return {
    span: record.span,
    raw: found?.value,
    write: (raw) => (raw === found?.value || record.open ? [] : found ? [{ start: found.start, end: found.end, text: `${name}=${raw}` }]
      : [{ start: record.span.end, end: record.span.end, text: ` ${name}=${raw}` }]),
  };
}

/** PostgreSQL 16, section 21.1: relative names start from the folder of the file that names them. */
export function inclusionsOf({ lines }: Hba, path: string): readonly (readonly string[])[] {
  return lines.flatMap((line) => ('target' in line ? [placesOf(line.target, path, []).map((place) => (line.kind === 'include_dir' ? `${place}/*.conf` : place))] : []));
}
