import { addressBits } from './address-bits.js';

/** Ports of guarded services by their names in the services database (IANA), which packet filters of Linux accept instead of numbers. */
export const servicePorts: ReadonlyMap<string, number> = new Map([
  ['ftp-data', 20], ['ftp', 21], ['ssh', 22], ['telnet', 23], ['tftp', 69], ['sunrpc', 111], ['epmap', 135], ['netbios-ns', 137], ['netbios-dgm', 138], ['netbios-ssn', 139],
  ['snmp', 161], ['ldap', 389], ['microsoft-ds', 445], ['exec', 512], ['login', 513], ['shell', 514], ['syslog', 514], ['rsync', 873], ['ms-sql-s', 1433], ['nfs', 2049],
  ['mysql', 3306], ['postgresql', 5432], ['redis', 6379],
]);

/** Whether an interface leads, by its name alone, to this machine, a tunnel, containers or a network its owner calls inner. */
export function isInnerInterface(name: string): boolean {
  return /^(?:lo|wg|tun|tap|docker|br-|virbr|veth|lxc|lxd|tailscale|zt|cni|podman|lan|mgmt|internal)/i.test(name);
}

/**
 * Names of this machine: those for a loopback address (RFC 6761, and what distributions write into /etc/hosts), those by which its
 * containers call it, short forms of 127.0.0.1 as inet(3) fills them up (a program that does not neither answers nor calls), sockets.
 */
const ownNames = [
  /(?:^|\.)localhost$/i, /^localhost[46]?(?:\.localdomain[46]?)?$/i, /^ip6-l(?:ocalhost|oopback)$/i, /^host\.(?:docker|containers)\.internal$/i,
  /^127(?:\.\d{1,8}){1,2}$/, /^unixs?:(?!\d+$)/i,
];

/** Whether a host is this machine: a loopback address (RFC 1122, RFC 4291) or a name for it. A port behind it and brackets around it do not count. */
export function isThisMachine(host: string): boolean {
  const name = withoutPort(host);
  const bits = addressBits(name);
  return bits === undefined ? ownNames.some((own) => own.test(name)) : /^(?:0{80}1{16})?01111111[01]{24}$|^0{127}1$/.test(bits);
}

/** Whether a connection to a host leaves this machine; one to every address stays on it, and a reserved name stands for no host. */
export function leavesMachine(host: string): boolean {
  return !isThisMachine(host) && !isEveryAddress(host) && !isReservedName(host);
}

/** Whether a host is told by its address, with or without a port. */
export function isAddress(host: string): boolean {
  return addressBits(withoutPort(host)) !== undefined;
}

/**
 * Whether an address stands for every one: `0.0.0.0`, `::`, `*`, and `%any` as IPsec writes it. A listener there answers on every address of
 * its machine. A port and brackets do not count.
 */
export function isEveryAddress(address: string): boolean {
  const name = withoutPort(address);
  return name === '*' || /^%any[46]?$/i.test(address.trim()) || /^(?:0{32}|0{128}|0{80}1{16}0{32})$/.test(addressBits(name) ?? '');
}

/** Whether a range of addresses leaves nobody out: `0.0.0.0/0`, `::/0`, `0/0`, and the same with another address or a mask of zeros. */
export function isEveryone(range: string): boolean {
  const address = /^([\da-f:.]+)\/0(?:\.0\.0\.0)?$/i.exec(range.trim())?.[1];
  return address !== undefined && (address === '0' || addressBits(address) !== undefined);
}

/**
 * Whether ranges of addresses together leave no stranger out: one of them is everyone, or half of all addresses, which lets in as
 * many; or all public addresses of a family are in one or another, however they are cut. Those of no use on the Internet need not be in.
 */
export function areEveryone(ranges: readonly string[]): boolean {
  const prefixes = ranges.map(prefixOf).filter((prefix) => prefix !== undefined);
  if (prefixes.some(({ bits }) => bits.length <= 1)) return true;
  return [reserved.four, reserved.six].some(({ width, ranges: inner }) => {
    const own = prefixes.filter((one) => one.width === width).map(({ bits }) => bits);
    return own.length > 0 && covers(new Set([...own, ...inner]), '', [...own, ...inner].sort());
  });
}

/** Addresses that are of no use on the Internet: IANA special-purpose and multicast registries; of IPv6 only 2000::/3 is given out. */
const reserved = {
  four: { width: 32, ranges: ['00000000', '00001010', '0110010001', '01111111', '1010100111111110', '101011000001', '1100000010101000', '1110', '1111'] },
  six: { width: 128, ranges: ['000', '01', '1'] },
};

/** Whether each address that begins with some bits is in one of the ranges, of which those are looked at that begin so. */
function covers(ranges: ReadonlySet<string>, bits: string, sorted: readonly string[]): boolean {
  if (ranges.has(bits)) return true;
  const below = sorted.filter((range) => range.length > bits.length && range.startsWith(bits));
  return below.length > 1 && covers(ranges, `${bits}0`, below) && covers(ranges, `${bits}1`, below);
}

/** The bits that all addresses of a range have in common, of how many. */
function prefixOf(range: string): { readonly bits: string; readonly width: number } | undefined {
  const [address, length, more] = range.trim().split('/');
  const bits = address === '0' ? '0'.repeat(32) : addressBits(address ?? '');
  if (bits === undefined || more !== undefined) return undefined;
  const count = length === undefined ? bits.length : length === '0.0.0.0' ? 0 : /^\d{1,3}$/.test(length) ? Number(length) : NaN;
  return count <= bits.length ? { bits: bits.slice(0, count), width: bits.length } : undefined;
}

/** The first bits of private (RFC 1918), shared (RFC 6598), link-local (RFC 3927) and loopback addresses of IPv4, and of IPv6 (RFC 4193, RFC 4291). */
const privateFour = /^(?:00001010|101011000001|1100000010101000|0110010001|1010100111111110|01111111)/;
const privateSix = /^(?:1111110|1111111010|0{127}1)/;

/** Whether an address is of no use on the Internet. */
export function isPrivateAddress(address: string): boolean {
  const bits = (addressBits(withoutPort(address)) ?? '').replace(/^0{80}1{16}/, '');
  return (bits.length === 32 ? privateFour : privateSix).test(bits);
}

/** Whether a name stands for no host in particular: it is reserved for documentation and tests (RFC 2606). */
export function isReservedName(host: string): boolean {
  return /(?:^|\.)(?:example(?:\.(?:com|net|org))?|test|invalid)\.?$/i.test(host);
}

/** Whether a host has a name of the Internet, by a top-level domain in wide use; names inside a cluster or network have none. */
export function isPublicName(host: string): boolean {
  return /\.(com|org|net|edu|gov|mil|int|info|biz|io|dev|app|cloud|health|care|clinic|hospital|[a-z]{2})$/i.test(host)
    && !/\.svc\.|^(www\.w3\.org|schemas?\.|xml\.)/i.test(host);
}

/**
 * Whether a host has a full name of an organisation's own network, by a top-level domain that none of the Internet has: those of RFC 6762,
 * appendix G, and `.internal`, which ICANN reserved in 2024. Names of a Kubernetes cluster and of Docker's own are none of them.
 */
export function isInternalName(host: string): boolean {
  return /^[^.]+\..*(?:^|\.)(?:lan|local|internal|intranet|corp|home|private)\.?$/i.test(host) && !/(?:\.cluster\.local|\.docker\.internal|\.containers\.internal)\.?$/i.test(host);
}

/** The host of a URL with its port, without the user in front of it; `undefined` where the text is no URL. */
export function hostOfUrl(url: string): string | undefined {
  return /^[a-z][\w+.-]*:\/\/(?:[^/?#@\s]*@)?([^/?#\s]*)/i.exec(url.trim())?.[1];
}

/** A host without the brackets, the port, the zone and the last dot that may be around it. */
function withoutPort(host: string): string {
  const bare = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(host.trim()) ?? /^([^:]+):\d{1,5}$/.exec(host.trim());
  return (bare?.[1] ?? host.trim()).replace(/%[\w.-]+$|\.$/, '');
}
