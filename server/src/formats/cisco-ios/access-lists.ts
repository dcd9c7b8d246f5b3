import { all, has, type IosConfig, type Statement } from '#notations/ios.js';
import { once } from './device.js';

/** One line of an access list that permits or denies. */
export interface Entry {
  readonly statement: Statement;
  readonly permits: boolean;
  readonly protocol: string;
  /** Whether the source, and the destination, is every address. */
  readonly fromAny: boolean;
  readonly toAny: boolean;
  /** The destination ports of TCP and UDP; `any` where none are named, nothing where they cannot be told. */
  readonly ports: 'any' | readonly (readonly [number, number])[] | undefined;
  /** Whether it lets only answers in. */
  readonly answers: boolean;
}

export interface AccessList {
  readonly name: string;
  readonly statement: Statement;
  readonly entries: readonly Entry[];
}

/** The access lists of a file by name or number, for IPv4. */
export function accessLists(file: IosConfig): ReadonlyMap<string, AccessList> {
  return once(file, 'access lists', () => readLists(file));
}

function readLists(file: IosConfig): ReadonlyMap<string, AccessList> {
  const lists = new Map<string, { name: string; statement: Statement; entries: Entry[] }>();
  const listed = (name: string, statement: Statement) => {
    let list = lists.get(name);
    if (!list) lists.set(name, (list = { name, statement, entries: [] }));
    return list;
  };
  for (const statement of file.children) {
    const [first, second, third] = statement.words;
    if (statement.negated || !second) continue;
    if (first === 'access-list') {
      const number = Number(second);
      const entry = entryOf(statement, 2, number < 100 || (number >= 1300 && number < 2000));
      const list = listed(second, statement);
      if (entry) list.entries.push(entry);
    } else if (first === 'ip' && second === 'access-list' && third && statement.words[3]) {
      const list = listed(statement.words[3], statement);
      for (const child of statement.children) {
        const entry = child.negated ? undefined : entryOf(child, /^\d+$/.test(child.words[0]!) ? 1 : 0, third === 'standard');
        if (entry) list.entries.push(entry);
      }
    }
  }
  return lists;
}

function entryOf(statement: Statement, at: number, standard: boolean): Entry | undefined {
  const words = statement.words.map((word) => word.toLowerCase());
  const action = words[at];
  if (action !== 'permit' && action !== 'deny') return undefined;
  const permits = action === 'permit';
  if (standard) return { statement, permits, protocol: 'ip', fromAny: words[at + 1] === 'any', toAny: true, ports: 'any', answers: false };
  const protocol = words[at + 1] ?? '';
  const source = endOf(words, at + 2);
  const sourcePorts = portsOf(words, source.next);
  const destination = endOf(words, sourcePorts.next);
  const destinationPorts = portsOf(words, destination.next);
  return {
    statement,
    permits,
    protocol,
    fromAny: source.any,
    toAny: destination.any,
    ports: destinationPorts.ports,
    answers: words.includes('established') || sourcePorts.ports !== 'any',
  };
}

function endOf(words: readonly string[], at: number): { any: boolean; next: number } {
  const word = words[at];
  if (word === 'any') return { any: true, next: at + 1 };
  if (word === '0.0.0.0' && words[at + 1] === '255.255.255.255') return { any: true, next: at + 2 };
  return { any: false, next: at + 2 };
}

function portsOf(words: readonly string[], at: number): { ports: Entry['ports']; next: number } {
  const port = (word: string | undefined) => (word === undefined ? undefined : /^\d{1,5}$/.test(word) ? Number(word) : portNames.get(word));
  switch (words[at]) {
    case 'eq': {
      const found: [number, number][] = [];
      let next = at + 1;
      for (let number = port(words[next]); number !== undefined; number = port(words[++next])) found.push([number, number]);
      return { ports: found.length > 0 ? found : undefined, next: Math.max(next, at + 2) };
    }
    case 'range': {
      const [from, to] = [port(words[at + 1]), port(words[at + 2])];
      return { ports: from !== undefined && to !== undefined ? [[from, to]] : undefined, next: at + 3 };
    }
    case 'gt':
    case 'lt': {
      const limit = port(words[at + 1]);
      return { ports: limit === undefined ? undefined : words[at] === 'gt' ? [[limit + 1, 65_535]] : [[0, limit - 1]], next: at + 2 };
    }
    case 'neq':
      return { ports: 'any', next: at + 2 };
    default:
      return { ports: 'any', next: at };
  }
}

/** The port names IOS prints instead of numbers, as far as a guarded service has one. */
const portNames: ReadonlyMap<string, number> = new Map([
  ['ftp-data', 20],
  ['ftp', 21],
  ['telnet', 23],
  ['smtp', 25],
  ['domain', 53],
  ['tftp', 69],
  ['www', 80],
  ['sunrpc', 111],
  ['ntp', 123],
  ['netbios-ns', 137],
  ['netbios-dgm', 138],
  ['netbios-ss', 139],
  ['snmp', 161],
  ['snmptrap', 162],
  ['isakmp', 500],
  ['exec', 512],
  ['login', 513],
  ['cmd', 514],
  ['syslog', 514],
  ['lpd', 515],
  ['non500-isakmp', 4500],
]);

/** The line that lets every packet through where none before it denies any: the list then filters nothing. */
export function passingLine({ entries }: AccessList): Entry | undefined {
  const entry = entries.find(({ permits, protocol, fromAny, toAny }) => !permits || (protocol === 'ip' && fromAny && toAny));
  return entry?.permits ? entry : undefined;
}

/** An interface that faces strangers by what the file says of it: address translation calls it outside, and it is up. */
export interface Outside {
  readonly statement: Statement;
  readonly name: string;
  /** The access list that filters what comes in. */
  readonly list?: string | undefined;
  /** Whether a zone of the firewall filters it instead. */
  readonly zoned: boolean;
}

export function outsides(file: IosConfig): readonly Outside[] {
  return all(file, 'interface').flatMap((statement) => {
    if (all(statement, 'ip nat outside').length === 0 || all(statement, 'shutdown').length > 0) return [];
    const group = all(statement, 'ip access-group').find(({ words }) => words[3]?.toLowerCase() === 'in');
    return [{ statement, name: statement.words.slice(1).join(' '), list: group?.words[2], zoned: all(statement, 'zone-member security').length > 0 }];
  });
}

/** Every place where an access list is used as a filter: the statement, and the name it gives. */
export function filters(file: IosConfig): readonly { readonly statement: Statement; readonly name: string; readonly on: string }[] {
  return file.children.flatMap((top) => {
    if (top.negated) return [];
    const on = top.words.join(' ');
    if (top.words[0] === 'interface')
      return all(top, 'shutdown').length > 0
        ? []
        : all(top, 'ip access-group').flatMap((statement) => (statement.words[2] ? [{ statement, name: statement.words[2], on }] : []));
    if (top.words[0] === 'line' && has(top, 'transport input none')) return [];
    if (top.words[0] === 'line')
      return all(top, 'access-class').flatMap((statement) =>
        statement.words[1] && statement.words[2] === 'in' ? [{ statement, name: statement.words[1], on }] : [],
      );
    if (on.startsWith('ip http access-class')) {
      const name = top.words[3] === 'ipv4' ? top.words[4] : top.words[3] === 'ipv6' ? undefined : top.words[3];
      return name ? [{ statement: top, name, on: 'the web interface' }] : [];
    }
    if (on.startsWith('snmp-server community')) {
      const name = communityOf(top).list;
      return name ? [{ statement: top, name, on: 'SNMP' }] : [];
    }
    return [];
  });
}

/** The communities that somebody may use: a list that permits nobody closes one, as some devices are set up to answer to a well-known one with silence. */
export function communities(file: IosConfig): readonly Statement[] {
  const lists = accessLists(file);
  return all(file, 'snmp-server community').filter((statement) => {
    const { list } = communityOf(statement);
    const entries = list === undefined ? [] : (lists.get(list)?.entries ?? []);
    return entries.length === 0 || entries.some(({ permits }) => permits);
  });
}

/** What a community line says besides the community: whether it may write, and the list that guards it. */
export function communityOf({ words }: Statement): { readonly writes: boolean; readonly list?: string | undefined } {
  let at = 3;
  let writes = false;
  let list: string | undefined;
  for (; at < words.length; at++) {
    const word = words[at]!.toLowerCase();
    if (word === 'view' || word === 'ipv6') at++;
    else if (word === 'rw') writes = true;
    else if (word !== 'ro') list = words[at];
  }
  return { writes, list };
}
