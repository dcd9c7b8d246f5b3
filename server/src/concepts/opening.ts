import { concept } from '#engine/concept.js';
import type { Undetermined } from '#engine/setting.js';
import { table } from '#engine/table.js';

/** One rule of a firewall that lets traffic in: a security-group rule, an ACL line, a published port. */
export const Opening = concept<OpeningFields, OpeningPorts>('Opening');

export interface OpeningFields {
  /** `anywhere`: any address of the Internet may use it. */
  source: 'anywhere' | 'restricted';
}

export interface OpeningPorts {
  /** The ports opened, lowest and highest; all of them for `any`. */
  readonly ports: 'any' | readonly (readonly [from: number, to: number])[];
  readonly protocol?: string | undefined;
}

/** Services that are never meant for everyone, by port: remote administration, databases, medical and device protocols in clear. */
export const guardedServices: ReadonlyMap<number, string> = new Map([
  [20, 'FTP'], [21, 'FTP'], [22, 'SSH'], [23, 'Telnet'], [69, 'TFTP'], [104, 'DICOM'], [111, 'RPC portmapper'], [135, 'RPC'], [137, 'NetBIOS'], [138, 'NetBIOS'], [139, 'NetBIOS'],
  [161, 'SNMP'], [389, 'LDAP'], [445, 'SMB'], [512, 'rexec'], [513, 'rlogin'], [514, 'rsh or syslog'], [873, 'rsync'], [1433, 'SQL Server'], [1434, 'SQL Server'], [1521, 'Oracle'],
  [1883, 'MQTT'], [2049, 'NFS'], [2375, 'Docker'], [2376, 'Docker'], [2379, 'etcd'], [2575, 'HL7 MLLP'], [2762, 'DICOM TLS'], [3306, 'MySQL'], [3389, 'Remote Desktop'], [4242, 'DICOM (Orthanc)'],
  [5432, 'PostgreSQL'], [5439, 'Redshift'], [5900, 'VNC'], [5984, 'CouchDB'], [5985, 'WinRM'], [5986, 'WinRM'], [6379, 'Redis'], [6443, 'Kubernetes API'], [8042, 'Orthanc'], [9042, 'Cassandra'],
  [9200, 'Elasticsearch'], [9300, 'Elasticsearch'], [10250, 'kubelet'], [11112, 'DICOM'], [11211, 'memcached'], [27017, 'MongoDB'], [27018, 'MongoDB'],
]);

/** Those of them that also answer datagrams: IANA service names and port numbers. A range of UDP ports for calls or video opens none of the others. */
const overUdp: ReadonlySet<number> = new Set([69, 111, 135, 137, 138, 161, 389, 514, 1434, 2049, 3389, 11211]);

/** The guarded services among the ports of an opening, by name; all ports open every one of them. `udp` and `17` leave those that speak TCP alone. */
export function guardedAmong(ports: OpeningPorts['ports'], protocol?: string): readonly string[] {
  if (ports === 'any') return everyGuarded;
  const answers = /^(?:udp|17)$/i.test(protocol ?? '') ? (port: number) => overUdp.has(port) : () => true;
  const single = ports.length === 1 && ports[0]![0] === ports[0]![1] ? ports[0]![0] : undefined;
  if (single !== undefined) return guardedServices.has(single) && answers(single) ? [inWords(single)] : [];
  return [...guardedServices.keys()].filter((port) => answers(port) && ports.some(([from, to]) => from <= port && port <= to)).map(inWords);
}

/** What a filter that reads its rules in order turns away, from everyone, before it comes to the rule at hand. */
export interface Denial {
  readonly ports: OpeningPorts['ports'];
  /** `tcp`, `udp`, or what is no name of one protocol for all of them. */
  readonly protocol?: string | undefined;
}

/** The ports of an opening that are left when those are gone that an earlier rule denies to everyone. */
export function leftOpen(ports: OpeningPorts['ports'], protocol: string | undefined, denials: readonly Denial[]): OpeningPorts['ports'] {
  if (denials.length === 0) return ports;
  const open: Ranges = ports === 'any' ? [[0, 65_535]] : ports;
  const over = (carrier: string) => denials.filter((one) => [carrier, 'any'].includes(carrierOf(one.protocol))).reduce<Ranges>((left, denial) => without(left, denial.ports), open);
  const carrier = carrierOf(protocol);
  if (carrier !== 'any') return over(carrier);
  const [tcp, udp] = [over('tcp'), over('udp')];
  if (ports === 'any' && [tcp, udp].every((left) => left.length === 1 && left[0]![0] === 0 && left[0]![1] === 65_535)) return 'any';
  // What is open over datagrams alone opens none of the services that speak TCP.
  return [...tcp, ...[...overUdp].filter((port) => udp.some(([from, to]) => from <= port && port <= to)).map((port) => [port, port] as const)];
}

type Ranges = readonly (readonly [from: number, to: number])[];

const carrierOf = (protocol: string | undefined) => table<Readonly<Record<string, 'tcp' | 'udp'>>>({ tcp: 'tcp', '6': 'tcp', udp: 'udp', '17': 'udp' })[protocol?.toLowerCase() ?? ''] ?? (/^(?:icmp|icmpv6|esp|ah|1|58)$/i.test(protocol ?? '') ? 'other' : 'any');

function without(open: Ranges, denied: OpeningPorts['ports']): Ranges {
  if (denied === 'any') return [];
  return denied.reduce<Ranges>((left, [low, high]) => left.flatMap(([from, to]): Ranges => (high < from || low > to ? [[from, to]] : [
    ...(from < low ? [[from, low - 1] as const] : []), ...(to > high ? [[high + 1, to] as const] : []),
  ])), open);
}

const inWords = (port: number) => `${guardedServices.get(port)} (${port})`;
const everyGuarded: readonly string[] = [...guardedServices.keys()].map(inWords);

/** Who a rule, or a chain of rules, lets in, as far as the file says. */
export type From = 'anywhere' | 'restricted' | Undetermined;

/** What two conditions in a row leave: the narrower of them, and one that nobody knows where the other is none. */
export function narrowed(outer: From, inner: From): From {
  if (outer === 'restricted' || inner === 'restricted') return 'restricted';
  return inner === 'anywhere' ? outer : inner;
}

const width = (from: From) => (from === 'anywhere' ? 2 : from === 'restricted' ? 0 : 1);

/** A way from one chain to another, and who may take it. */
export interface Jump<Chain> {
  readonly to: Chain;
  readonly from: From;
}

/** The chains that traffic reaches from some others, each by its widest way. A chain is looked at again only when a wider way is found: three times at most. */
export function reachedFrom<Chain>(roots: readonly Chain[], jumps: (chain: Chain) => readonly Jump<Chain>[]): ReadonlyMap<Chain, From> {
  const reached = new Map<Chain, From>(roots.map((root) => [root, 'anywhere']));
  const waiting = [...roots];
  for (let chain = waiting.pop(); chain !== undefined; chain = waiting.pop()) {
    const within = reached.get(chain)!;
    for (const { to, from } of jumps(chain)) {
      const through = narrowed(within, from);
      const known = reached.get(to);
      if (known !== undefined && width(known) >= width(through)) continue;
      reached.set(to, through);
      waiting.push(to);
    }
  }
  return reached;
}
