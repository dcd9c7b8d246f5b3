import type { Analysis } from '#engine/analysis.js';
import { query } from '#engine/query.js';
import { reachOf, Tried, type Reach } from './addresses.js';
import type { Hba, HbaRecord, Inclusion, RecordType } from './records.js';

/** A line that some connection can reach, with what the lines before it left over. */
export interface Access {
  readonly record: HbaRecord;
  readonly reach: Reach;
  /** Whether a connection that is let in by this line is encrypted: by the line itself, or because an earlier line took the others. */
  readonly protection: 'none' | 'opportunistic' | 'encrypted';
  /** The include line before this one, if any: what it brings in is tried first. */
  readonly behind?: Inclusion;
  /** Lines of the same words whose connections this one takes: they would count if it took fewer. */
  readonly twins: readonly HbaRecord[];
  /** `Access of all users to all databases from 10.0.0.0/8`. */
  readonly label: string;
}

const isRecord = (line: HbaRecord | Inclusion): line is HbaRecord => 'method' in line;

/** How many earlier lines are compared with each: the first match counts, but a generated list of thousands must not take for ever. */
const furthestBack = 100;

/** The lines that let somebody in, in order. A line behind one that takes all its connections, and one that refuses, are left out. */
export const accesses = query<Hba, Access>('pg-hba', 'lines that let somebody in', ({ tree }: Analysis<Hba>) => {
  const tried = new Tried();
  let behind: Inclusion | undefined;
  const twinsOf = new Map<HbaRecord, HbaRecord[]>();
  return tree.lines.flatMap((record) => {
    if (!isRecord(record)) {
      behind = record;
      return [];
    }
    const before = tried.covering(record);
    const taker = before.find((earlier) => coversType(earlier.type, record.type));
    const taken = taker !== undefined;
    if (taker && record.method.value !== 'reject' && labelOf(taker) === labelOf(record)) twinsOf.get(taker)?.push(record);
    // What a line that no connection reaches would take is taken already.
    if (!taken && tried.size < furthestBack) tried.add(record);
    if (taken || record.method.value === 'reject') return [];
    const clearTaken = before.some(({ type }) => type === 'hostnossl');
    const twins: HbaRecord[] = [];
    twinsOf.set(record, twins);
    return [{ record, twins, reach: reachOf(record), protection: protectionOf(record.type, clearTaken), label: labelOf(record), ...(behind && { behind }) }];
  });
});

function coversType(wide: RecordType, narrow: RecordType): boolean {
  return wide === narrow || (wide === 'host' && narrow !== 'local');
}

function protectionOf(type: RecordType, clearTaken: boolean): Access['protection'] {
  if (type === 'hostssl' || type === 'hostgssenc') return 'encrypted';
  return clearTaken && type !== 'hostnossl' ? 'encrypted' : type === 'hostnossl' ? 'none' : 'opportunistic';
}

function labelOf({ type, users, databases, address, mask }: HbaRecord): string {
  const named = (tokens: HbaRecord['users'], one: string, many: string) =>
    tokens.some(({ value, quoted }) => value === 'all' && !quoted) ? `all ${many}`
      : `${tokens.length === 1 ? one : many} ${tokens.slice(0, 3).map(({ value }) => value).join(', ')}${tokens.length > 3 ? ' …' : ''}`;
  const from = type === 'local' ? 'on this machine' : `from ${address!.value === 'all' ? 'any address' : `${address!.value}${mask ? ` ${mask.value}` : ''}`}`;
  return `Access of ${named(users, 'user', 'users')} to ${named(databases, 'database', 'databases')} ${from}`;
}
