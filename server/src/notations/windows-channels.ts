/** What the values of the Windows registry mean for the ways data travels: TLS of Windows itself, Remote Desktop, remote management, file sharing, the domain. */
import { text, yesNo } from '#engine/codec.js';
import { known, stated, translate, undetermined, type Known, type Setting } from '#engine/setting.js';
import type { Edit } from '#engine/text.js';
import { fileClient, fileServer, lsa, netlogon, policies, services, terminals } from './windows-keys.js';
import type { Registry } from './windows-registry.js';
import { cautioned, numberAt, off, switched, type Switch } from './windows-switches.js';

type Version = 'SSLv2' | 'SSLv3' | '1.0' | '1.1' | '1.2' | '1.3';
type Protection = 'none' | 'opportunistic' | 'encrypted';

const schannel = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';
const internet = 'Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';

/** A way data travels that the file states something of. */
export function channelsOf(registry: Registry) {
  return [...library(registry), ...webClients(registry),
    ...remoteDesktop(registry), ...remoteManagement(registry), ...fileSharing(registry), ...domain(registry), ...updates(registry), ...clearServices(registry),
    ...signing(registry), ...lookups(registry), ...ntlm(registry), ...printing(registry), ...hardenedShares(registry)];
}

function channel<Parts extends object>(label: string, setting: Setting<unknown> | undefined, role: 'listens' | 'connects', protocol: string, parts: Parts, port?: number) {
  return setting === undefined ? [] : [{ label, span: setting.span, role, protocol, port, ...parts }];
}

const oldVersions = [['SSL 2.0', 'SSLv2'], ['SSL 3.0', 'SSLv3'], ['TLS 1.0', '1.0'], ['TLS 1.1', '1.1']] as const;

/** Schannel, the TLS library of Windows. A protocol is on where `Enabled` is not 0; the cipher suites of old are switched one by one. */
function library(registry: Registry) {
  const sides = ([['Server', 'listens', 'Windows as a TLS server'], ['Client', 'connects', 'Windows as a TLS client']] as const).flatMap(([side, role, label]) => {
    const said = oldVersions.flatMap(([name, version]) => {
      const key = `${schannel}\\Protocols\\${name}\\${side}`;
      const enabled = numberAt(registry, key, 'Enabled');
      const silent = numberAt(registry, key, 'DisabledByDefault');
      return enabled?.kind === 'stated' ? [{ version, enabled, silent: silent?.kind === 'stated' ? silent : undefined }] : [];
    });
    const on = said.filter(({ enabled }) => enabled.value !== 0);
    const worst = on[0];
    const off = (): readonly Edit[] => allOrNone(on.flatMap(({ enabled, silent }) => [enabled.write(0), ...(silent && silent.value === 0 ? [silent.write(1)] : [])]));
    const leastVersion = worst ? known<Version>(worst.version, worst.enabled.span, off)
      : said.length === oldVersions.length || said.some(({ version }) => version === '1.0') && said.some(({ version }) => version === '1.1') ? known<Version>('1.2', said.at(-1)!.enabled.span) : undefined;
    const caution = 'It takes effect after a restart. Modalities, scanners and interfaces that know only the old versions are cut off: look at what connects first.';
    return channel(label, leastVersion, role, 'tls', { leastVersion: cautioned(leastVersion, caution) });
  });
  const weak = ['NULL', 'DES 56/56', 'RC2 40/128', 'RC2 56/128', 'RC2 128/128', 'RC4 40/128', 'RC4 56/128', 'RC4 64/128', 'RC4 128/128', 'Triple DES 168', 'Triple DES 168/168'].flatMap((name) => {
    const enabled = numberAt(registry, `${schannel}\\Ciphers\\${name}`, 'Enabled');
    return enabled?.kind === 'stated' ? [{ name, enabled }] : [];
  });
  const on = weak.filter(({ enabled }) => enabled.value !== 0);
  const first = on[0] ?? weak[0];
  const weakCiphers = first && known<readonly string[]>(on.map(({ name }) => name), first.enabled.span, () => allOrNone(on.map(({ enabled }) => enabled.write(0))));
  return [...sides, ...channel('The TLS library of Windows', weakCiphers, 'listens', 'tls', { weakCiphers })];
}

/** Changes that are worth nothing one without the other: none where one of them cannot be written. */
const allOrNone = (changes: readonly (readonly Edit[])[]) => (changes.every((edits) => edits.length > 0) ? changes.flat() : []);

const bits = [[0x8, 'SSLv2'], [0x20, 'SSLv3'], [0x80, '1.0'], [0x200, '1.1'], [0x800, '1.2'], [0x2000, '1.3']] as const;

/** The versions a program may speak as bits, for the older web libraries of Windows; and whether certificates are checked there. */
function webClients(registry: Registry) {
  const versions = ([[`HKLM\\${internet}\\WinHttp`, 'DefaultSecureProtocols'], ['HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp', 'DefaultSecureProtocols'],
    [`HKCU\\${internet}`, 'SecureProtocols'], [`HKLM\\${internet}`, 'SecureProtocols'], ['HKCU\\Software\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings', 'SecureProtocols'],
    [`${policies}\\Windows\\CurrentVersion\\Internet Settings`, 'SecureProtocols']] as const).flatMap(([key, name]) => {
    const mask = numberAt(registry, key, name);
    const least = mask?.kind === 'stated' ? bits.find(([bit]) => (mask.value & bit) !== 0)?.[1] : undefined;
    const leastVersion = mask && (mask.kind === 'undetermined' ? mask : least && translate(mask, (): Version => least, (wanted) => (wanted === '1.3' ? 0x2000 : mask.kind === 'stated' ? mask.value & 0x2000 | 0x800 : 0x800)));
    return channel('The web library of Windows', leastVersion || undefined, 'connects', 'https', { leastVersion });
  });
  const revoked = stated(registry.value(`HKCU\\${internet}`, 'CertificateRevocation', 'dword'), yesNo(['1'], ['0']));
  const warned = stated(registry.value(`HKCU\\${internet}`, 'WarnonBadCertRecving', 'dword'), yesNo(['1'], ['0']));
  return [...versions, ...channel('The web library of Windows, in revoked certificates,', revoked, 'connects', 'https', { peerVerified: revoked }), ...channel('The web library of Windows', warned, 'connects', 'https', { peerVerified: warned })];
}

/** 1 encrypts only what the client sends; 3 and 4 ask for strong encryption both ways; 2 leaves it to the client and is not judged. */
function remoteDesktop(registry: Registry) {
  return terminals.flatMap((key) => {
    const level = numberAt(registry, key, 'MinEncryptionLevel');
    const protection = level?.kind === 'stated' && level.value === 2 ? undefined : level && translate(level, (n): Protection => (n >= 3 ? 'encrypted' : 'none'), (wanted) => (wanted === 'encrypted' ? 3 : 1));
    const layer = numberAt(registry, key, 'SecurityLayer');
    // 0 has no certificate to show, 2 is TLS.
    const shown = layer?.kind === 'stated' && layer.value === 1 ? undetermined(layer.span, 'each client decides whether it asks for TLS (security layer 1)')
      : cautioned(layer && translate(layer, (n) => n !== 0, (wanted) => (wanted ? 2 : 0)), 'The computer needs a certificate its users trust.');
    const calls = asProtection(stated(registry.value(key, 'fEncryptRPCTraffic', 'dword'), yesNo(['1'], ['0'])));
    const authentication = numberAt(registry, key, 'AuthenticationLevel');
    // 0 connects whatever the other end shows, 1 refuses, 2 asks the person.
    const peerVerified = authentication && translate(authentication, (n) => n !== 0, (wanted) => (wanted ? 2 : 0));
    return [
      ...channel('The Remote Desktop service, towards its clients,', protection, 'listens', 'rdp', { protection }, 3389),
      ...channel('The remote administration of Remote Desktop', calls, 'listens', 'rpc', { protection: calls }),
      ...channel('Whoever connects by Remote Desktop', shown, 'listens', 'rdp', { peerVerified: shown }, 3389),
      ...channel('The Remote Desktop client', peerVerified, 'connects', 'rdp', { peerVerified }),
    ];
  });
}

function asProtection(encrypts: Setting<boolean> | undefined, otherwise: 'none' | 'opportunistic' = 'opportunistic'): Setting<Protection> | undefined {
  return encrypts && translate(encrypts, (on): Protection => (on ? 'encrypted' : otherwise), (wanted) => wanted === 'encrypted');
}

function remoteManagement(registry: Registry) {
  return (['Client', 'Service'] as const).flatMap((side) => {
    const protection = asProtection(stated(registry.value(`${policies}\\Windows\\WinRM\\${side}`, 'AllowUnencryptedTraffic', 'dword'), yesNo(['0'], ['1'])));
    return channel(`Remote management (WinRM ${side.toLowerCase()})`, protection, side === 'Client' ? 'connects' : 'listens', 'winrm', { protection }, side === 'Client' ? undefined : 5985);
  });
}

/** File sharing. Encryption is a choice of SMB 3; a client that takes guest log-ins believes any server. */
function fileSharing(registry: Registry) {
  const encrypts = stated(registry.value(fileServer, 'EncryptData', 'dword'), yesNo(['1'], ['0']));
  const refuses = stated(registry.value(fileServer, 'RejectUnencryptedAccess', 'dword'), yesNo(['1'], ['0']));
  const falls = encrypts?.kind === 'stated' && encrypts.value ? refuses : undefined;
  const protection = cautioned(falls ? asProtection(falls) : asProtection(encrypts, 'none'), 'Modalities, scanners and network storage that speak SMB 1 or 2 can no longer reach the shares.');
  const guests = [`${policies}\\Windows\\LanmanWorkstation`, fileClient].map((key) => stated(registry.value(key, 'AllowInsecureGuestAuth', 'dword'), yesNo(['0'], ['1'])));
  const caution = 'Modalities and scanners that know only SMB 1 can no longer store to shares of this computer: find them with the SMB 1 audit log, '
    + 'and move them or their network first. It takes effect after a restart.';
  const old = (key: string, name: string, yes: readonly [string, ...string[]], no: string) =>
    cautioned(stated(registry.value(key, name, 'dword'), yesNo(yes, [no])), caution);
  const versions = [
    ['The Windows file server', 'listens', old(fileServer, 'SMB1', ['1'], '0')],
    ['The Windows file client', 'connects', old(`${services}\\mrxsmb10`, 'Start', ['2', '3', '1', '0'], '4')],
  ] as const;
  return [
    ...channel('The Windows file server', protection, 'listens', 'smb', { protection }, 445),
    ...versions.flatMap(([label, role, setting]) => channel(label, setting, role, 'smb', { oldFileSharing: setting })),
    ...guests.flatMap((peerVerified) => channel('The Windows file client, which takes guest log-ins,', peerVerified, 'connects', 'smb', { peerVerified: cautioned(peerVerified, 'Network storage that only knows guest access can no longer be reached: give it accounts first.') })),
  ];
}

/** What a session that signs in by NTLM must have: bit 19 the security of NTLM version 2, bit 29 keys of 128 bits. Windows 7 and later: 128 bits alone. */
function ntlm(registry: Registry) {
  return ([['NTLMMinClientSec', 'connects', 'Windows, when it signs in by NTLM,'], ['NTLMMinServerSec', 'listens', 'Windows, for log-ins by NTLM,']] as const).flatMap(([name, role, label]) => {
    const asked = numberAt(registry, `${lsa}\\MSV1_0`, name);
    const weakCiphers = asked && translate(asked, (mask): readonly string[] => [...(mask & 0x2000_0000 ? [] : ['keys below 128 bits']), ...(mask & 0x8_0000 ? [] : ['sessions of NTLM version 1'])],
      (weak) => (weak.length === 0 ? valueOf(asked) | 0x2008_0000 : valueOf(asked)));
    return channel(label, weakCiphers, role, 'ntlm', { weakCiphers: cautioned(weakCiphers, 'Modalities and scanners that know only old NTLM can no longer sign in.') });
  });
}

/** Printing over HTTP goes in clear where the printer has no certificate. */
function printing(registry: Registry) {
  const row: Switch = off('Printing over the Web', `${policies}\\Windows NT\\Printers`, 'DisableHTTPPrinting');
  const over = switched(registry, row);
  const protection = over && translate(over, (on): Protection => (on ? 'opportunistic' : 'encrypted'), (wanted) => wanted !== 'encrypted');
  return channel(row.label, protection, 'connects', 'ipp', { protection });
}

/** Shares with scripts and policies of the domain: MS15-011 asks both sides for a proof, and for messages nobody changed. */
function hardenedShares(registry: Registry) {
  return ['NETLOGON', 'SYSVOL'].flatMap((share) => {
    const said = stated(registry.value(`${policies}\\Windows\\NetworkProvider\\HardenedPaths`, `\\\\*\\${share}`, 'text'), text);
    if (said === undefined) return [];
    const label = `Windows, at the share ${share} of the domain,`;
    const asks = (what: RegExp) => translate(said, (words) => what.test(words), (): string => 'RequireMutualAuthentication=1, RequireIntegrity=1');
    const [peerVerified, signed] = [asks(/RequireMutualAuthentication\s{0,9}=\s{0,9}1/i), asks(/RequireIntegrity\s{0,9}=\s{0,9}1/i)];
    return channel(label, said, 'connects', 'smb', { peerVerified, signed });
  });
}

/** Look-ups of names that any computer nearby may answer. */
function lookups(registry: Registry) {
  const client = `${policies}\\Windows NT\\DNSClient`;
  const rows = [
    ['LLMNR', client, 'EnableMulticast', ['0'], 'Devices that are known by no DNS server are no longer found by name.'],
    ['mDNS', `${services}\\Dnscache\\Parameters`, 'EnableMDNS', ['0'], 'Printers and displays that are found this way are no longer found.'],
    ['NetBIOS', client, 'EnableNetbios', ['0', '2'], 'Old devices that are known by a NetBIOS name alone are no longer found.'],
  ] as const;
  // Which computers NetBIOS asks: 1 all nearby, 2 a server alone, 4 all nearby first, 8 a server first.
  const kind: Switch = { label: 'Windows, over NetBIOS,', key: `${services}\\NetBT\\Parameters`, name: 'NodeType', yes: ['1', '4', '8'], no: ['2'] };
  const broadcasts = switched(registry, kind);
  return channel(kind.label, broadcasts, 'connects', 'netbios', { anyoneAnswers: broadcasts }).concat(rows.flatMap(([protocol, key, name, no, caution]) => {
    const anyoneAnswers = cautioned(stated(registry.value(key, name, 'dword'), yesNo(['1'], no)), caution);
    return channel(`Windows, over ${protocol},`, anyoneAnswers, 'connects', protocol.toLowerCase(), { anyoneAnswers });
  }));
}

/** Whether file sharing and the directory ask for signatures. A directory that answers 1 only signs where the client asks for it. */
function signing(registry: Registry) {
  const rows = [
    [fileServer, 'RequireSecuritySignature', '0', 'The Windows file server', 'listens', 'smb', 'Modalities, scanners and copiers that cannot sign can no longer store to the shares.'],
    [fileClient, 'RequireSecuritySignature', '0', 'The Windows file client', 'connects', 'smb', 'Network storage that cannot sign can no longer be reached.'],
    [`${services}\\LDAP`, 'LDAPClientIntegrity', '0', 'Windows, when it asks the directory,', 'connects', 'ldap', 'A directory that cannot sign can no longer be asked.'],
    [`${services}\\NTDS\\Parameters`, 'LDAPServerIntegrity', '1', 'The directory', 'listens', 'ldap', 'Applications that bind to the directory in clear are refused: look for event 2889 first.'],
  ] as const;
  return rows.flatMap(([key, name, most, label, role, protocol, caution]) => {
    const safe = String(Number(most) + 1);
    const signed = cautioned(stated(registry.value(key, name, 'dword'), yesNo([safe, '2'], ['0', most])), caution);
    return channel(label, signed, role, protocol, { signed });
  }).concat(offeredSignatures(registry), [channelBinding(registry), domainSignatures(registry)].flat());
}

/** What signs only where the other end asks counts for SMB 1 alone, and where signatures are not required anyway. */
function offeredSignatures(registry: Registry) {
  return ([[fileServer, 'The Windows file server, for old clients,', 'listens'], [fileClient, 'The Windows file client, with old servers,', 'connects']] as const).flatMap(([key, label, role]) => {
    const required = numberAt(registry, key, 'RequireSecuritySignature');
    const signed = required === undefined ? switched(registry, { label, key, name: 'EnableSecuritySignature', yes: ['1'], no: ['0'] }) : undefined;
    return channel(label, signed, role, 'smb', { signed });
  });
}

/** Whether the directory ties a log-in to the TLS connection it comes by: 1 where the client can, 2 always. */
function channelBinding(registry: Registry) {
  const label = 'The directory, over TLS (LdapEnforceChannelBinding),';
  const signed = switched(registry, { label, key: `${services}\\NTDS\\Parameters`, name: 'LdapEnforceChannelBinding', yes: ['1', '2'], no: ['0'] });
  return channel(label, signed, 'listens', 'ldaps', { signed });
}

function domainSignatures(registry: Registry) {
  const label = 'The connection to the domain controller';
  const signed = switched(registry, { label, key: netlogon, name: 'SignSecureChannel', yes: ['1'], no: ['0'] });
  return channel(label, signed, 'connects', 'netlogon', { signed });
}

/** The secure channel of a member to its domain, and what Kerberos may encrypt tickets with. */
function domain(registry: Registry) {
  const required = asProtection(stated(registry.value(netlogon, 'RequireSignOrSeal', 'dword'), yesNo(['1'], ['0'])));
  const sealed = asProtection(stated(registry.value(netlogon, 'SealSecureChannel', 'dword'), yesNo(['1'], ['0'])), 'none');
  const strong = stated(registry.value(netlogon, 'RequireStrongKey', 'dword'), yesNo(['1'], ['0']));
  const types = numberAt(registry, 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System\\Kerberos\\Parameters', 'SupportedEncryptionTypes');
  const label = 'The connection to the domain controller';
  const keys = strong && translate(strong, (on): readonly string[] => (on ? [] : ['64-bit session keys']), (weak) => weak.length === 0);
  const kerberos = types && translate(types, (mask): readonly string[] => [...(mask & 3 ? ['DES'] : []), ...(mask & 4 ? ['RC4'] : [])], (weak) => (weak.length === 0 ? valueOf(types) & ~7 | 24 : valueOf(types)));
  return [
    ...channel(label, required, 'connects', 'netlogon', { protection: required }),
    ...channel(label, sealed, 'connects', 'netlogon', { protection: sealed }),
    ...channel(label, keys, 'connects', 'netlogon', { weakCiphers: keys }),
    ...channel('Kerberos', kerberos, 'connects', 'kerberos', { weakCiphers: cautioned(kerberos, 'Accounts whose password is older than the first domain controller with AES, and old network storage, can no longer sign in.') }),
  ];
}

const valueOf = (setting: Setting<number>) => (setting as Known<number>).value;

/** Where the machine fetches its updates. The address is the site's own, so no fix writes it. */
function updates(registry: Registry) {
  const server = stated(registry.value(`${policies}\\Windows\\WindowsUpdate`, 'WUServer', 'text'), text);
  if (server?.kind !== 'stated' || !/^https?:\/\//i.test(server.value)) return [];
  const address = /^https?:\/\/([^/:\s]{1,253})/i.exec(server.value)?.[1];
  return channel('The connection to the update server', server, 'connects', 'http', { address, protection: known<Protection>(/^https:/i.test(server.value) ? 'encrypted' : 'none', server.span) });
}

const inClear = [['TlntSvr', 'telnet', 23, 'The Telnet service of Windows'], ['FTPSVC', 'ftp', 21, 'The FTP service of Windows'], ['MSFTPSVC', 'ftp', 21, 'The FTP service of Windows'], ['SNMP', 'snmp', 161, 'The SNMP service of Windows'], ['TFTPD', 'tftp', 69, 'The TFTP service of Windows']] as const;

/** Services that know no encryption, and start by themselves: 2 is automatic, 3 by hand, 4 never. FTP may have it set up elsewhere. */
function clearServices(registry: Registry) {
  return inClear.flatMap(([service, protocol, port, label]) => {
    const start = numberAt(registry, `${services}\\${service}`, 'Start');
    if (start?.kind !== 'stated' || start.value !== 2) return [];
    const protection = protocol === 'ftp' ? undetermined(start.span, 'the settings of the FTP site say whether it requires TLS') : known<Protection>('none', start.span);
    return channel(label, start, 'listens', protocol, { protection }, port);
  });
}

/** The services that know no encryption, for files that state how services start in other words. */
export function clearService(name: string) {
  const found = inClear.find(([service]) => service.toLowerCase() === name.toLowerCase());
  return found && { protocol: found[1], port: found[2], label: found[3] };
}
