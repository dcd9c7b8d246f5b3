/** What the values of the Windows registry mean for the packet filter and for traffic between networks. */
import { yesNo } from '#engine/codec.js';
import { stated, translate } from '#engine/setting.js';
import { policies, services } from './windows-keys.js';
import type { Registry } from './windows-registry.js';
import { factOf, off, on, switched, switches, type Switch } from './windows-switches.js';

const profiles = [['DomainProfile', 'domain networks'], ['StandardProfile', 'private networks'], ['PrivateProfile',
  'private networks'], ['PublicProfile', 'public networks']] as const;
/** The keys of each kind of network, in the policy and in the settings of the machine. */
export const firewallKeys = [`${policies}\\WindowsFirewall`,
  `${services}\\SharedAccess\\Parameters\\FirewallPolicy`].flatMap((key) => profiles.map(([profile, networks]) =>
    ({ key: `${key}\\${profile}`, networks })));

/** The packet filter of Windows, one for each kind of network. */
export function firewallsOf(registry: Registry) {
  const action = (key: string, name: string) => {
    const blocks = stated(registry.value(key, name, 'dword'), yesNo(['1'], ['0']));
    return blocks && translate(blocks, (so): 'drop' | 'accept' => (so ? 'drop' : 'accept'), (wanted) =>
      wanted === 'drop');
  };
  return [
    ...firewallKeys.flatMap(({ key, networks }) => {
      const label = `The Windows firewall for ${networks}`;
      return [
        ...factOf(label, 'enabled', stated(registry.value(key, 'EnableFirewall', 'dword'), yesNo(['1'], ['0']))),
        ...factOf(label, 'input', action(key, 'DefaultInboundAction')),
      ];
    }),
    ...switches(registry, 'enabled', [{ label: 'The service of the Windows firewall', key: `${services}\\MpsSvc`,
      name: 'Start', yes: ['2'], no: ['4'] }]),
    // A connection between the networks of the machine: shared, bridged, or kept up beside the domain.
    ...routes.flatMap((row) => {
      const passes = switched(registry, row);
      return factOf(row.label, 'forward', passes && translate(passes, (so): 'drop' | 'accept' => (so ? 'accept'
        : 'drop'), (wanted) => wanted === 'accept'));
    }),
    // On the networks of a firm its programs may open ports; in public ones, Microsoft's security baseline lets the
    // policy alone count.
    ...firewallKeys.filter(({ key }) => key.endsWith('PublicProfile')).flatMap(({ key, networks }) =>
      ['AllowLocalPolicyMerge', 'AllowLocalIPsecPolicyMerge'].flatMap((name) =>
      switches(registry, 'localRules', [on(`The Windows firewall for ${networks} (${name})`, key, name)]))),
  ];
}

const connections = `${policies}\\Windows\\Network Connections`;
const manager = `${policies}\\Windows\\WcmSvc\\GroupPolicy`;

/** ADMX of Network Connections, Windows Connection Manager and MSS (Legacy). */
const routes: readonly Switch[] = [
  on('Windows, as a router (IPEnableRouter),', `${services}\\Tcpip\\Parameters`, 'IPEnableRouter'),
  ...['Tcpip', 'Tcpip6'].map((name): Switch => ({ label: `Windows, for packets that name their own way (${name}),`,
    key: `${services}\\${name}\\Parameters`, name: 'DisableIPSourceRouting', yes: ['0', '1'], no: ['2'] })),
  on('Windows, by sharing its connection,', connections, 'NC_ShowSharedAccessUI'),
  on('Windows, as a bridge between its networks,', connections, 'NC_AllowNetBridge_NLA'),
  off('Windows, between the domain and other networks (fBlockNonDomain),', manager, 'fBlockNonDomain',
    { caution: 'A laptop in the domain can no longer use another network at the same time.' }),
  off('Windows, between several networks at once (fMinimizeConnections),', manager, 'fMinimizeConnections', { no: ['3',
    '1', '2'] }),
];

/**
 * The rules of the packet filter that let traffic in:
 * `v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=3389|Name=...|`.
 */
export function openingsOf(registry: Registry) {
  return [`${policies}\\WindowsFirewall\\FirewallRules`,
    `${services}\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules`].flatMap((key) =>
      registry.under(key).flatMap(({ slot: { raw, span } }) => {
    const fields = new Map<string, string[]>();
    for (const part of (raw ?? '').slice(0, 4000).split('|')) {
      const equals = part.indexOf('=');
      if (equals > 0) fields.set(part.slice(0, equals), [...(fields.get(part.slice(0, equals)) ?? []),
        part.slice(equals + 1)]);
    }
    const said = (name: string) => fields.get(name)?.[0];
    if (said('Action') !== 'Allow' || said('Active') !== 'TRUE' || said('Dir') !== 'In') return [];
    const ports = (fields.get('LPort') ?? []).filter((port) => /^\d{1,5}$/.test(port)).map((port) => [Number(port),
      Number(port)] as const);
    const restricted = fields.has('RA4') || fields.has('RA6') || fields.has('App') || ports.length === 0;
    return [{ label: 'A rule of the Windows firewall', span, ports, protocol: said('Protocol') === '17' ? 'udp'
      : 'tcp', source: { kind: 'stated' as const, value: restricted ? 'restricted' as const : 'anywhere' as const,
        span, write: () => [] } }];
  }));
}
