/** What only Windows says: settings of the registry that no concept of other products has. Formats that state registry values offer them to their own rules. */
import { integer, yesNo } from '#engine/codec.js';
import { stated, translate, type Setting } from '#engine/setting.js';
import { cautioned, numberAt } from './windows-policies.js';
import type { Registry } from './windows-registry.js';

const policies = 'HKLM\\SOFTWARE\\Policies\\Microsoft';
const services = 'HKLM\\SYSTEM\\CurrentControlSet\\Services';
const control = 'HKLM\\SYSTEM\\CurrentControlSet\\Control';
const lsa = `${control}\\Lsa`;

/** One switch of Windows: whether it is as it should be, and what is so when it is not. */
export interface Hardening {
  readonly safe: Setting<boolean>;
  /** The present fact when it is not safe. */
  readonly says: string;
}

interface Row {
  readonly key: string;
  readonly name: string;
  readonly safe: readonly [string, ...string[]];
  readonly unsafe: readonly [string, ...string[]];
  readonly says: string;
  readonly caution?: string;
}

function hardenings(registry: Registry, rows: readonly Row[]): readonly Hardening[] {
  return rows.flatMap(({ key, name, safe, unsafe, says, caution }) => {
    const setting = cautioned(stated(registry.value(key, name, 'dword'), yesNo(safe, unsafe)), caution);
    return setting ? [{ safe: setting, says }] : [];
  });
}

/** Whether the first version of file sharing, which ransomware spreads by, is off. */
export function oldFileSharing(registry: Registry): readonly Hardening[] {
  const caution = 'Modalities and scanners that know only SMB 1 can no longer store to shares of this computer: find them with the SMB 1 audit log, and move them or their network first.';
  return hardenings(registry, [
    { key: `${services}\\LanmanServer\\Parameters`, name: 'SMB1', safe: ['0'], unsafe: ['1'], says: 'The Windows file server speaks SMB 1', caution },
    { key: `${services}\\mrxsmb10`, name: 'Start', safe: ['4'], unsafe: ['2', '3'], says: 'The Windows file client speaks SMB 1', caution },
  ]);
}

/** Whether a Remote Desktop session begins with a proof of who both ends are. */
export function remoteDesktop(registry: Registry): readonly Hardening[] {
  return [`${policies}\\Windows NT\\Terminal Services`, `${control}\\Terminal Server\\WinStations\\RDP-Tcp`].flatMap((key) => hardenings(registry, [
    { key, name: 'UserAuthentication', safe: ['1'], unsafe: ['0'], says: 'Remote Desktop opens a session before it knows who asks (network level authentication is off)', caution: 'Clients older than Windows 7 are refused.' },
    { key, name: 'SecurityLayer', safe: ['2'], unsafe: ['0'], says: 'Remote Desktop does not prove to the person which computer answers (security layer 0)', caution: 'The computer needs a certificate its users trust.' },
    { key, name: 'fDisableCdm', safe: ['1'], unsafe: ['0'], says: 'A Remote Desktop session may copy files to the drives of whoever connects', caution: 'Files can no longer be copied through the session.' },
  ]));
}

/** Whether passwords and log-ins that Windows holds in memory are kept from malicious software. */
export function heldCredentials(registry: Registry): readonly Hardening[] {
  const cached = stated(registry.value('HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon', 'CachedLogonsCount', 'text'), integer);
  const few = cautioned(cached && translate(cached, (n) => n <= 10, (wanted) => (wanted ? 4 : 10)), 'Staff whose log-in is no longer kept cannot sign in while the domain is out of reach: name the emergency access procedure, 164.312(a)(2)(ii).');
  return [
    ...hardenings(registry, [
      { key: lsa, name: 'RunAsPPL', safe: ['1', '2'], unsafe: ['0'], says: 'Any administrator\'s program may read the memory that holds log-ins (LSA protection is off)', caution: 'Smart-card and single sign-on add-ons that are not signed for it stop loading.' },
      { key: `${policies}\\Windows\\DeviceGuard`, name: 'LsaCfgFlags', safe: ['1', '2'], unsafe: ['0'], says: 'Log-ins are kept without Credential Guard', caution: 'The computer needs virtualization in its firmware; old VPN and Wi-Fi log-ins with MS-CHAPv2 stop signing in by themselves.' },
      { key: `${policies}\\CredentialsDelegation`, name: 'AllowProtectedCreds', safe: ['1'], unsafe: ['0'], says: 'Remote administration hands whole credentials to the other computer' },
      { key: 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System\\CredSSP\\Parameters', name: 'AllowEncryptionOracle', safe: ['0', '1'], unsafe: ['2'], says: 'Remote Desktop hands credentials to computers without the fix of 2018 (AllowEncryptionOracle)', caution: 'Computers without that update can no longer be reached.' },
      { key: lsa, name: 'DisableDomainCreds', safe: ['1'], unsafe: ['0'], says: 'Windows keeps passwords of network log-ins for the next time', caution: 'Scheduled tasks with a stored password stop.' },
    ]),
    ...(few ? [{ safe: few, says: `Windows keeps the log-ins of the last ${cached?.kind === 'stated' ? cached.value : 'many'} people` }] : []),
  ];
}

/** Whether names are looked up in ways that any computer nearby may answer. */
export function nameLookups(registry: Registry): readonly Hardening[] {
  return hardenings(registry, [
    { key: `${policies}\\Windows NT\\DNSClient`, name: 'EnableMulticast', safe: ['0'], unsafe: ['1'], says: 'Windows asks every computer nearby for a name (LLMNR)', caution: 'Devices that are known by no DNS server are no longer found by name.' },
    { key: `${services}\\Dnscache\\Parameters`, name: 'EnableMDNS', safe: ['0'], unsafe: ['1'], says: 'Windows asks every computer nearby for a name (mDNS)', caution: 'Printers and displays that are found this way are no longer found.' },
    { key: `${policies}\\Windows NT\\DNSClient`, name: 'EnableNetbios', safe: ['0', '2'], unsafe: ['1'], says: 'Windows asks every computer nearby for a name (NetBIOS)', caution: 'Old devices that are known by a NetBIOS name alone are no longer found.' },
  ]);
}

/** Whether somebody can get at an encrypted drive when its owner cannot. */
export function recovery(registry: Registry): readonly Hardening[] {
  const drives = [['OS', 'system drive'], ['FDV', 'data drives'], ['RDV', 'removable drives']] as const;
  return hardenings(registry, drives.flatMap(([prefix, what]): readonly Row[] => [
    { key: `${policies}\\FVE`, name: `${prefix}ActiveDirectoryBackup`, safe: ['1'], unsafe: ['0'], says: `The recovery keys of ${what === 'system drive' ? 'the system drive' : what} are not kept in the directory`, caution: 'The directory then holds keys: restrict who may read them.' },
    { key: `${policies}\\FVE`, name: `${prefix}RequireActiveDirectoryBackup`, safe: ['1'], unsafe: ['0'], says: `BitLocker encrypts ${what === 'system drive' ? 'the system drive' : what} before the recovery key is kept`, caution: 'Encrypting waits until the directory can be reached.' },
  ]));
}

/** A log of Windows and how much it may hold, in kibibytes. */
export interface LogSize {
  readonly log: string;
  readonly least: number;
  readonly size: Setting<number>;
}

/** CIS Benchmarks for Windows: 196,608 KiB for the security log, 32,768 KiB for the others. */
export function leastSize(log: string): number {
  return log === 'security' ? 196_608 : 32_768;
}

export function logSizes(registry: Registry): readonly LogSize[] {
  return ['Security', 'System', 'Application', 'Setup'].flatMap((name) => {
    const size = numberAt(registry, `${policies}\\Windows\\EventLog\\${name}`, 'MaxSize');
    const log = name.toLowerCase();
    return size ? [{ log, least: leastSize(log), size }] : [];
  });
}

/** A place the scanner does not look at. */
export interface Exclusion {
  readonly what: string;
  /** Whether malicious software could live there: a whole drive, Windows itself, the folders of users, every program. */
  readonly wide: Setting<boolean>;
}

export function exclusions(registry: Registry): readonly Exclusion[] {
  return [`${policies}\\Windows Defender\\Exclusions`, 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Exclusions'].flatMap((key) => ['Paths', 'Extensions', 'Processes'].flatMap((kind) => registry.under(`${key}\\${kind}`).map(({ name, slot: { span } }) => ({
    what: name.slice(0, 120), wide: { kind: 'stated' as const, value: isWide(name), span, write: () => [] },
  }))));
}

/** Whether an exclusion covers so much that a scanner is of little use. */
export function isWide(what: string): boolean {
  const said = what.slice(0, 300).trim().replace(/^["']|["']$/g, '').replace(/[\\/*.]+$/, '').toLowerCase();
  if (/^\*?\.?(exe|dll|scr|ps1|bat|cmd|vbs|js|msi|com)$/.test(what.slice(0, 300).trim().toLowerCase())) return true;
  return /^([a-z]:|%systemdrive%|\*?)$/.test(said) || /^([a-z]:|%systemdrive%)\\(windows|windows\\(system32|temp)|users|users\\public|programdata|program files|program files \(x86\)|temp)$/.test(said)
    || /^%(systemroot|windir|temp|tmp|userprofile|appdata|localappdata|programdata|programfiles)%(\\(system32|temp))?$/.test(said) || /^([a-z]:)\\users\\\*?(\\(appdata|downloads|desktop).*)?$/.test(said);
}
