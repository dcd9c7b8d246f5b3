import type { HbaRecord, Token } from './records.js';

/** A range of addresses as bits: 32 for IPv4, 128 for IPv6. */
interface Range {
  readonly bits: string;
  readonly width: 32 | 128;
}

/** What the address column of a line lets in. */
export type Reach = 'nobody else' | 'everyone' | 'some';

/** Whether a line is for this machine alone, for every address, or for some. */
export function reachOf(record: HbaRecord): Reach {
  const { type, address } = record;
  if (type === 'local' || !address) return 'nobody else';
  if (!address.quoted && address.value === 'all') return 'everyone';
  if (!address.quoted && address.value === 'samehost') return 'nobody else';
  if (address.value.toLowerCase() === 'localhost') return 'nobody else';
  const range = rangeOf(record);
  if (!range) return 'some';
  if (range.bits === '') return 'everyone';
  return range.width === 32 ? (range.bits.startsWith('01111111') ? 'nobody else' : 'some') : range.bits === `${'0'.repeat(127)}1` ? 'nobody else' : 'some';
}

/** Whether every address of one line is also in another. Names are in no range but their own. */
export function coversAddress(wide: HbaRecord, narrow: HbaRecord): boolean {
  if (!wide.address || !narrow.address) return wide.address === narrow.address;
  if (!wide.address.quoted && wide.address.value === 'all') return true;
  const [a, b] = [rangeOf(wide), rangeOf(narrow)];
  if (a && b) return a.width === b.width && b.bits.startsWith(a.bits);
  return !a && !b && wide.address.value === narrow.address.value;
}

/** The network of a line; `undefined` for names and keywords. */
function rangeOf(record: HbaRecord): Range | undefined {
  if (!ranges.has(record)) ranges.set(record, readRange(record));
  return ranges.get(record);
}

const ranges = new WeakMap<HbaRecord, Range | undefined>();

function readRange({ address, mask }: HbaRecord): Range | undefined {
  if (!address) return undefined;
  const [text, length] = address.value.split('/');
  const bits = bitsOf(text!);
  if (bits === undefined) return undefined;
  const width = bits.length as 32 | 128;
  const maskBits = mask && bitsOf(mask.value);
  const count = maskBits !== undefined ? (maskBits.indexOf('0') + width + 1) % (width + 1) : length === undefined ? width : Number(length);
  return Number.isInteger(count) && count >= 0 && count <= width ? { bits: bits.slice(0, count), width } : undefined;
}

function bitsOf(text: string): string | undefined {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return text.split('.').map((part) => Number(part).toString(2).padStart(8, '0')).join('');
  if (!/^[\da-f:]{2,39}$/i.test(text) || !text.includes(':')) return undefined;
  const [head, tail, more] = text.split('::');
  if (more !== undefined) return undefined;
  const groups = (part: string | undefined) => (part ? part.split(':') : []);
  const missing = 8 - groups(head).length - groups(tail).length;
  if (tail === undefined ? missing !== 0 : missing < 0) return undefined;
  return [...groups(head), ...Array<string>(tail === undefined ? 0 : missing).fill('0'),
    ...groups(tail)].map((group) => (Number.parseInt(group || '0', 16) & 0xffff).toString(2).padStart(16, '0')).join('');
}

/** Whether each word of one list is in another: `all` holds everything but the replication keyword. */
export function coversNames(wide: readonly Token[], narrow: readonly Token[], kind: 'database' | 'user'): boolean {
  const said = new Set(wide.map(({ value, quoted }) => (quoted ? `"${value}"` : value)));
  const isReplication = ({ value, quoted }: Token) => kind === 'database' && !quoted && value === 'replication';
  return narrow.every((token) => said.has(token.quoted ? `"${token.value}"` : token.value) || (said.has('all') && !isReplication(token)));
}
