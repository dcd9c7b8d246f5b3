import { oncePer } from '#engine/attached.js';
import { releasesOf, type Releases } from '#engine/release.js';
import { has, last, type IosConfig } from '#notations/ios.js';

const answers = oncePer((_file: IosConfig) => new Map<string, unknown>());

/** What is asked of a file for each of its lines and interfaces is worked out once, so that a long file stays linear. */
export function once<T>(file: IosConfig, name: string, compute: () => T): T {
  const known = answers(file);
  if (!known.has(name)) known.set(name, compute());
  return known.get(name) as T;
}

/**
 * Whether the text is evidently all of a device's configuration: IOS prints its version first, its name, and `end` last. What
 * is missing there is a default; in a fragment it says nothing.
 */
export function whole(file: IosConfig): boolean {
  return once(file, 'whole', () => {
    const complete = has(file, 'end') || has(file, 'current configuration');
    // A script typed without indentation has blocks that look empty.
    const indented =
      file.children.some(({ children }) => children.length > 0) || !file.children.some(({ words }) => words[0] === 'interface' || words[0] === 'line');
    return complete && indented && has(file, 'hostname') && release(file) !== undefined && !/\{\{|\{%|<%/.test(file.text);
  });
}

/** The release the file was printed by, as `version` has it: `15.2`. */
export function release(file: IosConfig): Releases | undefined {
  const said = last(file, 'version')?.words[1] ?? '';
  return /^\d{1,3}\.\d{1,3}$/.test(said) ? releasesOf(said) : undefined;
}

/** Whether accounts are asked for through authentication lists. Without it each line has a way of its own. */
export function usesLists(file: IosConfig): boolean {
  return once(file, 'uses lists', () => has(file, 'aaa new-model'));
}

/**
 * Words only another system of the family writes: NX-OS, EOS, ASA, IOS XR, FRRouting, ArubaOS, Dell OS, Comware, Junos, AlliedWare, and
 * the small switches of Cisco, TP-Link, Netgear and Ubiquiti.
 */
const foreign = new RegExp(
  [
    String.raw`^(?:ASA|PIX|FWSM|NGIPS) Version`,
    String.raw`^: Saved`,
    String.raw`^[ \t]*nameif `,
    String.raw`^[ \t]*security-level \d`,
    String.raw`^version \d+\.\d+\(`,
    String.raw`^feature [a-z]`,
    String.raw`^vdc `,
    String.raw`^vrf context `,
    String.raw`^[ \t]+vrf member `,
    String.raw`^!Command: `,
    String.raw`Bios:version`,
    String.raw`\brole network-`,
    String.raw`^transceiver qsfp`,
    String.raw`^! device: .*EOS`,
    String.raw`^daemon `,
    String.raw`^management (?:api|ssh|console|security)`,
    // Catalyst switches write `vlan internal allocation`.
    String.raw`^vlan internal order`,
    String.raw`^vrf instance `,
    String.raw`^service routing protocols`,
    String.raw`^interface Management\d`,
    String.raw`^interface Ethernet[1-9]\d*\s*$`,
    String.raw`^!RANCID-CONTENT-TYPE: (?!cisco\s*$)`,
    String.raw`^interface [Ee]thernet\d+(?:/\d+)*/\d+/\d+`,
    String.raw`^no aaa root`,
    String.raw`^[ \t]+ip address \d+\.\d+\.\d+\.\d+/\d`,
    String.raw`^!! IOS XR`,
    String.raw`^interface \w+\d+/\d+/\d+/\d+`,
    String.raw`^[ \t]+ipv4 address `,
    String.raw`^[ \t]+network \d+\.\d+\.\d+\.\d+/\d`,
    String.raw`^end-(?:set|policy)`,
    String.raw`^route-policy `,
    String.raw`^ssh server v2`,
    String.raw`^frr (?:version|defaults)`,
    String.raw`^auto lo`,
    String.raw`^iface `,
    String.raw`^log (?:syslog|file) `,
    String.raw`^service integrated-vtysh-config`,
    String.raw`^!BATFISH_FORMAT: (?!cisco)`,
    String.raw`^!Version ArubaOS`,
    String.raw`^netdestination `,
    String.raw`^wlan ssid-profile`,
    String.raw`^! Version \d+\.\d+\(`,
    String.raw`^ver \d`,
    String.raw`^[ \t]*sysname `,
    String.raw`^[ \t]*undo `,
    String.raw`^user name \S+ privilege `,
    String.raw`^system-time `,
    String.raw`^config-file-header`,
    String.raw`^file SSD indicator`,
    String.raw`^!System Description `,
    String.raw`^!Current Configuration:`,
    String.raw`^interface port\d+\.\d+\.\d+`,
    String.raw`^set system `,
    String.raw`^system \{`,
  ].join('|'),
  'm',
);

/** What IOS writes and how much it tells: three points make a device of it. */
const telling: readonly (readonly [points: number, pattern: RegExp])[] = [
  [3, /^Current configuration : \d+ bytes/m],
  [3, /^boot-start-marker/m],
  [3, /^!RANCID-CONTENT-TYPE: cisco\s*$/m],
  [2, /^version \d{2}\.\d{1,2}\s*$/m],
  [2, /^line (?:con|vty|aux) \d/m],
  [2, /^interface (?:Fast|Gigabit|TenGigabit|TwoGigabit)Ethernet\d+(?:\/\d+){0,2}\s*$/m],
  [2, /^snmp-server community \S+ (?:view \S+ )?R[OW]\b/m],
  [2, /^(?:no )?aaa new-model/m],
  [2, /^crypto (?:isakmp policy|ipsec transform-set|ikev2 proposal) /m],
  [2, /^(?:enable|username \S+(?: privilege \d+)?) secret [4589] /m],
  [2, /^ip access-list (?:extended|standard) /m],
  [1, /^hostname \S/m],
  [1, /^(?:no )?service (?:timestamps|password-encryption|tcp-small-servers|pad)/m],
  [1, /^(?:no )?ip http (?:secure-)?server/m],
  [1, /^(?:no )?ip (?:cef|domain[ -]lookup|domain[ -]name)/m],
  [1, /^ip ssh /m],
  [1, /^access-list \d+ (?:permit|deny) /m],
  [1, /^interface (?:Vlan|Loopback|Serial|Tunnel|Ethernet\d+\/|Port-channel|Dialer)/m],
  [1, /^ ip address \d+\.\d+\.\d+\.\d+ \d+\.\d+\.\d+\.\d+/m],
  [1, /^ (?:switchport mode|switchport access|transport input|ip nat (?:in|out)side|exec-timeout)/m],
  [1, /^router (?:ospf|eigrp|rip|bgp)\b/m],
  [1, /^snmp-server /m],
  [1, /^logging (?:host|buffered|trap) /m],
];

/** Whether a text is the configuration of an IOS or IOS XE device, and not of one that merely looks alike. */
export function isIos(head: string): boolean {
  if (foreign.test(head)) return false;
  let points = 0;
  for (const [worth, pattern] of telling) if (pattern.test(head)) points += worth;
  return points >= 3;
}
