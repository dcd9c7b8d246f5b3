/** What only Windows says: settings of the registry that no concept of other products has. Formats that state registry values offer them to their own rules. */
import { integer, yesNo } from '#engine/codec.js';
import { stated, translate, type Setting } from '#engine/setting.js';
import { cautioned } from './windows-policies.js';
import type { Registry } from './windows-registry.js';

const policies = 'HKLM\\SOFTWARE\\Policies\\Microsoft';
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

/** Whether somebody can get at an encrypted drive when its owner cannot. */
export function recovery(registry: Registry): readonly Hardening[] {
  const drives = [['OS', 'system drive'], ['FDV', 'data drives'], ['RDV', 'removable drives']] as const;
  return hardenings(registry, drives.flatMap(([prefix, what]): readonly Row[] => [
    { key: `${policies}\\FVE`, name: `${prefix}ActiveDirectoryBackup`, safe: ['1'], unsafe: ['0'], says: `The recovery keys of ${what === 'system drive' ? 'the system drive' : what} are not kept in the directory`, caution: 'The directory then holds keys: restrict who may read them.' },
    { key: `${policies}\\FVE`, name: `${prefix}RequireActiveDirectoryBackup`, safe: ['1'], unsafe: ['0'], says: `BitLocker encrypts ${what === 'system drive' ? 'the system drive' : what} before the recovery key is kept`, caution: 'Encrypting waits until the directory can be reached.' },
  ]));
}
