import { oncePer } from '#engine/attached.js';
import { addressBits } from '#concepts/address-bits.js';
import { isThisMachine } from '#concepts/network-names.js';
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
  const range = rangeOf(record);
  if (!range) return isThisMachine(address.value) ? 'nobody else' : 'some';
  if (range.bits === '') return 'everyone';
  return range.width === 32 ? (range.bits.startsWith('01111111') ? 'nobody else' : 'some') : range.bits === `${'0'.repeat(127)}1` ? 'nobody else' : 'some';
}

/** The network of a line; `undefined` for names and keywords. */
const rangeOf = oncePer(({ address, mask }: HbaRecord): Range | undefined => {
  if (!address) return undefined;
  const [text, length] = address.value.split('/');
  const bits = addressBits(text!);
  if (bits === undefined) return undefined;
  const width = bits.length as 32 | 128;
  const maskBits = mask && addressBits(mask.value);
  const count = maskBits !== undefined ? (maskBits.indexOf('0') + width + 1) % (width + 1) : length === undefined ? width : Number(length);
  return Number.isInteger(count) && count >= 0 && count <= width ? { bits: bits.slice(0, count), width } : undefined;
});

interface Earlier {
  readonly record: HbaRecord;
  readonly databases: ReadonlySet<string>;
  readonly users: ReadonlySet<string>;
}

/** Lines that were tried, by their addresses, so that a line is compared only with those its own address is in. */
export class Tried {
  readonly #byPlace = new Map<string, Earlier[]>();
  readonly #lengths = new Set<number>();
  size = 0;

  add(record: HbaRecord): void {
    const range = rangeOf(record);
    if (range) this.#lengths.add(range.bits.length);
    const place = isEverywhere(record) ? 'all' : range ? `${range.width} ${range.bits}` : nameOf(record);
    const there = this.#byPlace.get(place);
    const earlier = { record, databases: said(record.databases), users: said(record.users) };
    if (there) there.push(earlier);
    else this.#byPlace.set(place, [earlier]);
    this.size++;
  }

  /** The lines that take every address, database and user of this one. Host names and keywords are in no range but their own. */
  covering(record: HbaRecord): readonly HbaRecord[] {
    const found: HbaRecord[] = [];
    const databases = record.databases.map(spelling);
    const users = record.users.map(spelling);
    const look = (place: string) => {
      const there = this.#byPlace.get(place);
      if (there) for (const earlier of there) if (covers(earlier.databases, databases, 'replication') && covers(earlier.users, users)) found.push(earlier.record);
    };
    if (record.address) look('all');
    const range = rangeOf(record);
    if (!range) { if (!isEverywhere(record)) look(nameOf(record)); }
    else for (const length of this.#lengths) if (length <= range.bits.length) look(`${range.width} ${range.bits.slice(0, length)}`);
    return found;
  }
}

/** A line for every address; `"all"` in quotes is a host name. */
function isEverywhere({ address }: HbaRecord): boolean {
  return address !== undefined && !address.quoted && address.value === 'all';
}

function nameOf({ address }: HbaRecord): string {
  return address ? `name ${address.value}` : 'local';
}

function spelling({ value, quoted }: Token): string {
  return quoted ? `"${value}"` : value;
}

function said(tokens: readonly Token[]): ReadonlySet<string> {
  return new Set(tokens.map(spelling));
}

/** Whether each word of a list is among those said: `all` holds everything but, of databases, the replication keyword. */
function covers(wide: ReadonlySet<string>, narrow: readonly string[], but?: string): boolean {
  const all = wide.has('all');
  return narrow.every((word) => (all && word !== but) || wide.has(word));
}
