import type { Comment } from '#engine/format.js';
import type { Slot } from '#engine/setting.js';
import { lineEnd, type Edit, type Span } from '#engine/text.js';
import { foldedKey, type Registry, type RegistryType } from './windows-registry.js';

/** A registration file (`.reg`): `[HKEY_...]` headings with `"name"=data` lines below them. */
export interface RegFile extends Registry {
  readonly text: string;
  readonly comments: readonly Comment[];
  /** In the order of the file. */
  readonly keys: readonly RegKey[];
}

export interface RegKey {
  /** As the file spells it, without brackets and without the `-` of a deletion. */
  readonly path: string;
  /** Whether the heading deletes the key: `[-HKEY_...]`. */
  readonly deleted: boolean;
  readonly head: Span;
  readonly values: readonly RegValue[];
  /** The offset behind the last line of the key. */
  readonly end: number;
}

export interface RegValue {
  /** Without quotes and escapes; empty for `@`, the default value of the key. */
  readonly name: string;
  /** As the file spells it, continuation lines joined, without a trailing comment. */
  readonly data: string;
  readonly dataSpan: Span;
  readonly span: Span;
}

/** Reads a file in one pass. Version 4 (`REGEDIT4`) spells text in bytes, version 5 in UTF-16. A line that is neither heading, value nor comment is skipped. */
export function parseReg(text: string): RegFile {
  const keys: { path: string; deleted: boolean; head: Span; values: RegValue[]; end: number }[] = [];
  const comments: Comment[] = [];
  const wide = !/^\s*REGEDIT4/.test(text.slice(0, 100));
  for (let start = 0, stop: number; start < text.length; start = stop + 1) {
    stop = lineStop(text, start);
    const [from, to] = trimmed(text, start, stop);
    if (from === to) continue;
    const current = keys.at(-1);
    if (text[from] === ';') comments.push({ start: from, end: to, text: text.slice(from + 1, to) });
    else if (text[from] === '[') {
      const close = from + text.slice(from, to).lastIndexOf(']');
      if (close <= from) continue;
      const deleted = text[from + 1] === '-';
      keys.push({ path: text.slice(from + (deleted ? 2 : 1), close), deleted, head: { start: from, end: close + 1 }, values: [], end: Math.min(stop + 1, text.length) });
    } else if (current && (text[from] === '"' || text[from] === '@')) {
      const nameEnd = text[from] === '@' ? from + 1 : quoteEnd(text, from, to);
      const equals = nameEnd < 0 ? -1 : firstInk(text, nameEnd, to);
      if (equals < 0 || text[equals] !== '=') continue;
      const at = firstInk(text, equals + 1, to);
      let end = to;
      if (text[at] === '"') {
        end = quoteEnd(text, at, to);
        if (end < 0) continue;
      } else {
        for (let last = to; text[last - 1] === '\\' && stop < text.length;) {
          const next = stop + 1;
          stop = lineStop(text, next);
          last = trimmed(text, next, stop)[1];
          end = Math.max(last, next);
        }
        const semicolon = text.slice(at, end).search(/[ \t];/);
        if (semicolon >= 0) end = trimmed(text, at, at + semicolon)[1];
      }
      const data = text.slice(at, end);
      current.values.push({
        name: text[from] === '@' ? '' : unescaped(text.slice(from + 1, nameEnd - 1)), data: data[0] === '"' ? data : data.replace(/\\[ \t\r]*\n[ \t]*/g, ''),
        dataSpan: { start: at, end }, span: { start: from, end },
      });
      current.end = Math.min(stop + 1, text.length);
    }
  }
  return registryOf(text, keys, comments, wide);
}

function registryOf(text: string, keys: readonly RegKey[], comments: readonly Comment[], wide: boolean): RegFile {
  const byKey = new Map<string, { readonly blocks: RegKey[]; readonly values: Map<string, RegValue> }>();
  const deletions = new Map<string, number>();
  for (const key of keys) {
    const folded = foldedKey(key.path);
    if (key.deleted) {
      deletions.set(folded, key.head.start);
      continue;
    }
    const entry = byKey.get(folded) ?? { blocks: [], values: new Map<string, RegValue>() };
    byKey.set(folded, entry);
    entry.blocks.push(key);
    for (const value of key.values) entry.values.set(value.name.toLowerCase(), value);
  }
  /** Whether a later heading deletes the key, or one above it. */
  const isGone = (folded: string, at: number) => {
    for (let path = folded; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('\\')))) if ((deletions.get(path) ?? -1) > at) return true;
    return false;
  };
  const slotOf = (value: RegValue, type: RegistryType | undefined): Slot => {
    const own = typeOf(value.data);
    const read = readData(value.data, wide);
    if (type !== undefined && own !== type) return { span: value.span, obscured: 'the value is of another type than the one Windows reads here', write: () => [] };
    return { span: value.span, raw: read, write: (raw) => (raw === read || own === undefined ? [] : [{ ...value.dataSpan, text: printData(own, raw, wide) }]) };
  };
  const stated = (value: RegValue | undefined, folded: string): value is RegValue => value !== undefined && value.data !== '-' && !isGone(folded, value.span.start);
  return {
    text, comments, keys,
    value(key, name, type) {
      const folded = foldedKey(key);
      const entry = byKey.get(folded);
      const found = entry?.values.get(name.toLowerCase());
      if (stated(found, folded)) return slotOf(found, type);
      const block = entry?.blocks.at(-1);
      return { span: block?.head ?? { start: 0, end: 0 }, write: (raw) => insertion(text, block, key, `"${escaped(name)}"=${printData(type, raw, wide)}`) };
    },
    under(key) {
      const folded = foldedKey(key);
      return [...(byKey.get(folded)?.values.values() ?? [])].filter((value) => stated(value, folded)).map((value) => ({ name: value.name, slot: slotOf(value, undefined) }));
    },
  };
}

/** The type of the data: none for one that no policy has, such as plain bytes. Text with variables counts as text. */
function typeOf(data: string): RegistryType | undefined {
  if (data[0] === '"' || /^hex\(2\):/i.test(data)) return 'text';
  if (/^dword:/i.test(data)) return 'dword';
  if (/^hex\(7\):/i.test(data)) return 'list';
  return undefined;
}

/** Whole numbers in decimal, text without quotes, lists with one item per line; anything else as the file spells it, so that no codec mistakes it. */
function readData(data: string, wide: boolean): string {
  if (data[0] === '"') return unescaped(data.slice(1, -1));
  const dword = /^dword:\s*([0-9a-f]{1,8})$/i.exec(data);
  if (dword) return String(Number.parseInt(dword[1]!, 16));
  const text = /^hex\([27]\):([0-9a-f,\s]*)$/i.exec(data);
  if (!text) return data;
  const bytes = text[1]!.split(',').map((byte) => Number.parseInt(byte, 16)).filter((byte) => !Number.isNaN(byte));
  const codes = wide ? bytes.flatMap((byte, i) => (i % 2 === 0 ? [byte + 256 * (bytes[i + 1] ?? 0)] : [])) : bytes;
  return codes.map((code) => String.fromCharCode(code)).join('').split('\0').filter(Boolean).join('\n');
}

function printData(type: RegistryType, raw: string, wide: boolean): string {
  if (type === 'dword') return `dword:${(Number(raw) >>> 0).toString(16).padStart(8, '0')}`;
  if (type === 'text') return `"${escaped(raw)}"`;
  const codes = [...`${raw.split('\n').filter(Boolean).map((item) => `${item}\0`).join('')}\0`].flatMap((letter) => Array.from(letter, (_, i) => letter.charCodeAt(i)));
  const bytes = wide ? codes.flatMap((code) => [code & 255, code >> 8]) : codes;
  return `hex(7):${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(',')}`;
}

function insertion(text: string, block: RegKey | undefined, key: string, line: string): readonly Edit[] {
  const eol = lineEnd(text);
  const at = block?.end ?? text.length;
  const before = at > 0 && text[at - 1] !== '\n' ? eol : '';
  return [{ start: at, end: at, text: `${before}${block ? '' : `${eol}[${longHive(key)}]${eol}`}${line}${before ? '' : eol}` }];
}

const longHive = (key: string) => key.replace(/^HKLM(?=\\)/i, 'HKEY_LOCAL_MACHINE').replace(/^HKCU(?=\\)/i, 'HKEY_CURRENT_USER');
const unescaped = (text: string) => text.replace(/\\([\\"])/g, '$1');
const escaped = (text: string) => text.replace(/[\\"]/g, '\\$&');

function lineStop(text: string, from: number): number {
  const stop = text.indexOf('\n', from);
  return stop < 0 ? text.length : stop;
}

function trimmed(text: string, from: number, to: number): [from: number, to: number] {
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return [from, to];
}

function firstInk(text: string, at: number, to: number): number {
  while (at < to && isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** The offset behind the quote that closes the one at `at`, or -1. */
function quoteEnd(text: string, at: number, to: number): number {
  for (let i = at + 1; i < to; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i + 1;
  }
  return -1;
}

/** Space, tab, carriage return, and the byte order mark some editors leave. */
function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13 || code === 0xfeff;
}
