/**
 * What the values of the Windows registry mean that decide who comes in, what is recorded and what runs. A registration file, a
 * security template and a script all state them; each reads the same facts from them. Only what is stated is a fact: an absent
 * value means that another policy, or the release of Windows, decides.
 */
import { yesNo } from '#engine/codec.js';
import { stated, translate, type Setting } from '#engine/setting.js';
import { firewallKeys } from './windows-firewall.js';
import { control, defender, explorer, fileServer, policies, services, terminals, windows, winlogon } from './windows-keys.js';
import type { Registry } from './windows-registry.js';
import { factOf, numberAt, off, on, switches, type Switch } from './windows-switches.js';

export { loginsOf, passwordPoliciesOf } from './windows-accounts.js';
export { malwareOf } from './windows-defender.js';
export { disclosuresOf } from './windows-disclosures.js';
export { firewallsOf, openingsOf } from './windows-firewall.js';
export { privilegesOf, softwareOf } from './windows-software.js';

/** How long a person may stay signed in. */
export function sessionsOf(registry: Registry) {
  const inactivity = numberAt(registry, `${windows}\\Policies\\System`, 'InactivityTimeoutSecs');
  const remote = numberAt(registry, `${policies}\\Windows NT\\Terminal Services`, 'MaxIdleTime');
  const copies = terminals.flatMap((key) => ['fDisableCdm', 'fDisableClip'].map((name) => off('A Remote Desktop session', key, name)));
  const files = numberAt(registry, fileServer, 'AutoDisconnect');
  const desktop = inactivity?.kind === 'stated' && inactivity.value > 0;
  return [
    ...factOf('The Windows desktop', 'idle', inactivity),
    ...(desktop ? [] : ['HKCU\\Software\\Policies\\Microsoft\\Windows\\Control Panel\\Desktop', 'HKCU\\Control Panel\\Desktop'].flatMap((key) => {
      const active = stated(registry.value(key, 'ScreenSaveActive', 'text'), yesNo(['1'], ['0']));
      const never = active?.kind === 'stated' && !active.value;
      return [
        ...factOf('The Windows desktop', 'idle', never ? translate(active, () => Infinity, () => true) : numberAt(registry, key, 'ScreenSaveTimeOut', 'text')),
        ...factOf('The Windows desktop', 'locks', stated(registry.value(key, 'ScreenSaverIsSecure', 'text'), yesNo(['1'], ['0']))),
      ];
    })),
    ...[['ACSettingIndex', 'plugged in'], ['DCSettingIndex', 'on battery']].flatMap(([name, how]) =>
      factOf(`The workstation that wakes from sleep (${how!})`, 'locks', stated(registry.value(`${policies}\\Power\\PowerSettings\\0e796bdb-100d-47d6-a2d5-f7d2daa51f51`, name!, 'dword'), yesNo(['1'], ['0'])))),
    ...factOf('A Remote Desktop session', 'idle', remote && translate(remote, (milliseconds) => milliseconds / 1000, (seconds) => seconds * 1000)),
    // 0xffffffff, -1 in a template, means never.
    ...factOf('A connection to the Windows file server', 'idle', files && translate(files, (minutes) => (minutes < 0 || minutes >= 0xffff_ffff ? Infinity : minutes * 60), (seconds) => Math.max(1, Math.floor(seconds / 60)))),
    ...switches(registry, 'filesLeave', copies),
    // 0 does nothing, 1 locks, 2 signs out, 3 ends a Remote Desktop session.
    ...switches(registry, 'locks', [{ label: 'The workstation from which a smart card is pulled,', key: winlogon, name: 'ScRemoveOption', type: 'text', yes: ['1', '2', '3'], no: ['0'] }]),
  ];
}

/** What is recorded. */
export function auditTrailsOf(registry: Registry) {
  return [...logSizes(registry), ...switches(registry, 'enabled', [
    { label: 'The log of PowerShell scripts', key: `${policies}\\Windows\\PowerShell\\ScriptBlockLogging`, name: 'EnableScriptBlockLogging', yes: ['1'], no: ['0'] },
    { label: 'The log of PowerShell modules', key: `${policies}\\Windows\\PowerShell\\ModuleLogging`, name: 'EnableModuleLogging', yes: ['1'], no: ['0'] },
    { label: 'The command line in the log of started programs', key: `${windows}\\Policies\\System\\Audit`, name: 'ProcessCreationIncludeCmdLine_Enabled', yes: ['1'], no: ['0'],
      caution: 'Command lines can hold passwords: restrict who may read the security log.' },
    { label: 'The Windows event log', key: `${services}\\EventLog`, name: 'Start', yes: ['2'], no: ['4'] },
    on('What PowerShell prints (EnableTranscripting)', `${policies}\\Windows\\PowerShell\\Transcription`, 'EnableTranscripting', {
      caution: 'Transcripts can hold passwords and patient data: write them to a share that only auditors read.' }),
    on('The finer policy of the security log, which the older one overrides,', `${control}\\Lsa`, 'SCENoApplyLegacyAuditPolicy'),
    ...defender.map((key) => on('The log of Microsoft Defender, for signatures that are taken back,', `${key}\\Reporting`, 'EnableDynamicSignatureDroppedEventReporting')),
    ...firewallKeys.flatMap(({ key, networks }) => [['LogDroppedPackets', ''], ['LogSuccessfulConnections', ', for connections that are let through']].map(([name, which]) =>
      on(`The log of the Windows firewall (${networks})${which!}`, `${key}\\Logging`, name!))),
  ])];
}

function logSizes(registry: Registry) {
  return ['Security', 'System', 'Application', 'Setup'].flatMap((name) =>
    logSize(name, numberAt(registry, `${policies}\\Windows\\EventLog\\${name}`, 'MaxSize')))
    // CIS Benchmarks and STIG for the Windows firewall: 16,384 KiB.
    .concat(firewallKeys.flatMap(({ key, networks }) => factOf(`The log of the Windows firewall (${networks})`, 'capacity', numberAt(registry, `${key}\\Logging`, 'LogFileSize'))
      .map((fact) => ({ ...fact, leastCapacity: 16_384 }))));
}

/** How much a log of Windows holds. CIS Benchmarks for Windows: 196,608 KiB for the security log, 32,768 KiB for the others. */
export function logSize(name: string, capacity: Setting<number> | undefined) {
  const leastCapacity = name === 'Security' ? 196_608 : 32_768;
  return factOf(`The ${name.toLowerCase()} log of Windows`, 'capacity', capacity).map((fact) => ({ ...fact, leastCapacity }));
}

/** Physical ways into the machine. */
export function portsOf(registry: Registry) {
  const media = { label: 'The automatic start of programs from media (AutoRun)', yes: ['0'], no: ['255', '1'] } as const;
  const autorun = [explorer, explorer.replace('HKLM', 'HKCU')].flatMap((key) => {
    const drives = numberAt(registry, key, 'NoDriveTypeAutoRun');
    return [
      ...factOf(media.label, 'open', drives && translate(drives, (kinds) => (kinds & 0xff) !== 0xff, (open) => (open ? 0x91 : 0xff))),
      ...switches(registry, 'open', [off(media.label, key, 'NoAutorun')]),
    ];
  });
  const removable = `${policies}\\Windows\\RemovableStorageDevices`;
  const kinds = <Facts extends readonly object[]>(kind: 'usb' | 'removable media' | 'camera' | 'radio' | 'other', facts: Facts) => facts.map((fact) => ({ ...fact, kind })) as { [I in keyof Facts]: Facts[I] & { kind: typeof kind } };
  return [
    ...kinds('removable media', [...autorun, ...switches(registry, 'open', [{ ...media, label: 'The automatic start of cameras and phones (AutoPlay)', key: `${policies}\\Windows\\Explorer`, name: 'NoAutoplayfornonVolume', no: ['1'] }])]),
    ...kinds('removable media', switches(registry, 'open', [
      { label: 'Every kind of removable storage', key: removable, name: 'Deny_All', yes: ['0'], no: ['1'] },
      { label: 'Writing to removable disks', key: `${removable}\\{53f5630d-b6bf-11d0-94f2-00a0c91efb8b}`, name: 'Deny_Write', yes: ['0'], no: ['1'] },
      { label: 'Writing to USB storage', key: `${control}\\StorageDevicePolicies`, name: 'WriteProtect', yes: ['0'], no: ['1'] },
    ])),
    ...kinds('usb', switches(registry, 'open', [{ label: 'USB storage', key: `${services}\\USBSTOR`, name: 'Start', yes: ['3', '2', '1', '0'], no: ['4'] }])),
    ...kinds('other', switches(registry, 'open', [
      { label: 'Direct access to memory through Thunderbolt, while the screen is locked,', key: `${policies}\\FVE`, name: 'DisableExternalDMAUnderLock', yes: ['0'], no: ['1'] },
      // 0 never, 1 once somebody is signed in, 2 always, for devices that cannot be kept to their own memory; Microsoft's security baseline: 0.
      { label: 'Direct access to memory for external devices', key: `${policies}\\Windows\\Kernel DMA Protection`, name: 'DeviceEnumerationPolicy', yes: ['2', '1'], no: ['0'] },
    ])),
    ...kinds('camera', switches(registry, 'open', [{ label: 'The camera', key: `${windows}\\CapabilityAccessManager\\ConsentStore\\webcam`, name: 'Value', type: 'text', yes: ['Allow'], no: ['Deny'] }])),
    ...kinds('radio', switches(registry, 'open', [
      { label: 'Bluetooth', key: 'HKLM\\SOFTWARE\\Microsoft\\PolicyManager\\current\\device\\Connectivity', name: 'AllowBluetooth', yes: ['2', '1'], no: ['0'], caution: 'Wireless keyboards, scanners and headsets stop.' },
      on('The Wi-Fi, for open networks that others suggest (AutoConnectAllowedOEM),', 'HKLM\\SOFTWARE\\Microsoft\\WcmSvc\\wifinetworkmanager\\config', 'AutoConnectAllowedOEM'),
    ])),
  ];
}

/** Where data may rest without encryption, or encrypted for good: BitLocker. */
export function storesOf(registry: Registry) {
  const kept = [['OS', 'The system drive'], ['FDV', 'A fixed data drive'], ['RDV', 'A removable drive']].flatMap(([prefix, label]): readonly Switch[] => [
    { label: label!, key: `${policies}\\FVE`, name: `${prefix!}ActiveDirectoryBackup`, yes: ['1'], no: ['0'],
      caution: 'The directory then holds keys: restrict who may read them.' },
    { label: `${label!}, while the directory is out of reach,`, key: `${policies}\\FVE`, name: `${prefix!}RequireActiveDirectoryBackup`, yes: ['1'], no: ['0'],
      caution: 'Encrypting waits until the directory can be reached.' },
  ]);
  const encrypted = switches(registry, 'encrypted', [
    { label: 'A removable drive', key: 'HKLM\\SYSTEM\\CurrentControlSet\\Policies\\Microsoft\\FVE', name: 'RDVDenyWriteAccess', yes: ['1'], no: ['0'], caution: 'Drives without BitLocker become read-only: imaging disks for patients and service sticks of vendors too.' },
    { label: 'A fixed data drive', key: 'HKLM\\SYSTEM\\CurrentControlSet\\Policies\\Microsoft\\FVE', name: 'FDVDenyWriteAccess', yes: ['1'], no: ['0'], caution: 'Data drives become read-only until BitLocker is on for them: encrypt them first.' },
    { label: 'The system drive', key: `${control}\\BitLocker`, name: 'PreventDeviceEncryption', yes: ['0'], no: ['1'], caution: 'Keep the recovery key where emergency access, 164.312(a)(2)(ii), can find it, before the drive is encrypted.' },
    off('The index of files that were encrypted', `${policies}\\Windows\\Windows Search`, 'AllowIndexingEncryptedStoresOrItems'),
  ]);
  return [...encrypted, ...switches(registry, 'recoveryKept', kept)].map((fact) => ({ ...fact, kind: 'disk' }));
}
