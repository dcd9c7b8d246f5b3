/**
 * What the values of the Windows registry mean that decide who comes in, what is recorded and what runs. A registration file, a
 * security template and a script all state them; each reads the same facts from them. Only what is stated is a fact: an absent
 * value means that another policy, or the release of Windows, decides.
 */
import { integer, yesNo } from '#engine/codec.js';
import { observe, stated, translate, type Codec, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import type { Registry } from './windows-registry.js';

const windows = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion';
const policies = 'HKLM\\SOFTWARE\\Policies\\Microsoft';
const services = 'HKLM\\SYSTEM\\CurrentControlSet\\Services';
const control = 'HKLM\\SYSTEM\\CurrentControlSet\\Control';
const lsa = `${control}\\Lsa`;
const terminals = [`${policies}\\Windows NT\\Terminal Services`, `${control}\\Terminal Server\\WinStations\\RDP-Tcp`];
const winlogon = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon';
const fileServer = `${services}\\LanManServer\\Parameters`;
const defender = [`${policies}\\Windows Defender`, 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender'];

/** A value that is either so or not: what it is called, where it stands, and which data mean yes and no. The first of each is the one to write. */
interface Switch {
  readonly label: string;
  readonly key: string;
  readonly name: string;
  readonly yes: readonly [string, ...string[]];
  readonly no: readonly [string, ...string[]];
  readonly type?: 'text';
  /** What else the change needs, or breaks. */
  readonly caution?: string;
  /** Whether the change is for a person alone, so that no fix is offered. */
  readonly byHand?: true;
}

/** A fact with one setting of a field. */
export type FactOf<Field extends string, T> = { readonly label: string; readonly span: Span } & { readonly [K in Field]: Setting<T> };

/** A setting as a fact of one field; none where nothing is stated. */
export function factOf<Field extends string, T>(label: string, field: Field, setting: Setting<T> | undefined): readonly FactOf<Field, T>[] {
  return setting === undefined ? [] : [{ label, span: setting.span, [field]: setting } as FactOf<Field, T>];
}

/** Adds to a setting what its change needs. */
export function cautioned<T>(setting: Setting<T> | undefined, caution: string | undefined): Setting<T> | undefined {
  return setting === undefined || setting.kind === 'undetermined' || caution === undefined ? setting : { ...setting, caution };
}

function switches<Field extends string>(registry: Registry, field: Field, rows: readonly Switch[]): readonly FactOf<Field, boolean>[] {
  return rows.flatMap(({ label, key, name, yes, no, type, caution, byHand }) => {
    const setting = stated(registry.value(key, name, type ?? 'dword'), inAnyCase(yes, no));
    return factOf(label, field, cautioned(byHand && setting ? observe(setting, (on) => on) : setting, caution));
  });
}

/** Two lists of words that are compared without case and written as listed. */
function inAnyCase(yes: Switch['yes'], no: Switch['no']): Codec<boolean> {
  const among = (words: readonly string[], raw: string) => words.some((word) => word.toLowerCase() === raw.toLowerCase());
  return { read: (raw) => (among(yes, raw) ? true : among(no, raw) ? false : undefined), print: (so) => (so ? yes[0] : no[0]) };
}

/** A whole number; none where nothing is stated. */
export function numberAt(registry: Registry, key: string, name: string, type: 'dword' | 'text' = 'dword'): Setting<number> | undefined {
  return stated(registry.value(key, name, type), integer);
}

/** How long a person may stay signed in. */
export function sessionsOf(registry: Registry) {
  const inactivity = numberAt(registry, `${windows}\\Policies\\System`, 'InactivityTimeoutSecs');
  const remote = numberAt(registry, `${policies}\\Windows NT\\Terminal Services`, 'MaxIdleTime');
  const copies = terminals.map((key): Switch => ({ label: 'A Remote Desktop session', key, name: 'fDisableCdm', yes: ['0'], no: ['1'] }));
  const files = numberAt(registry, fileServer, 'AutoDisconnect');
  const desktop = inactivity?.kind === 'stated' && inactivity.value > 0;
  return [
    ...factOf('The Windows desktop', 'idle', inactivity),
    ...(desktop ? [] : ['HKCU\\Software\\Policies\\Microsoft\\Windows\\Control Panel\\Desktop', 'HKCU\\Control Panel\\Desktop'].flatMap((key) => {
      const active = stated(registry.value(key, 'ScreenSaveActive', 'text'), yesNo(['1'], ['0']));
      const off = active?.kind === 'stated' && !active.value;
      return [
        ...factOf('The Windows desktop', 'idle', off ? translate(active, () => Infinity, () => true) : numberAt(registry, key, 'ScreenSaveTimeOut', 'text')),
        ...factOf('The Windows desktop', 'locks', stated(registry.value(key, 'ScreenSaverIsSecure', 'text'), yesNo(['1'], ['0']))),
      ];
    })),
    ...[['ACSettingIndex', 'plugged in'], ['DCSettingIndex', 'on battery']].flatMap(([name, how]) =>
      factOf(`The workstation that wakes from sleep (${how!})`, 'locks', stated(registry.value(`${policies}\\Power\\PowerSettings\\0e796bdb-100d-47d6-a2d5-f7d2daa51f51`, name!, 'dword'), yesNo(['1'], ['0'])))),
    ...factOf('A Remote Desktop session', 'idle', remote && translate(remote, (milliseconds) => milliseconds / 1000, (seconds) => seconds * 1000)),
    // 0xffffffff, -1 in a template, means never.
    ...factOf('A connection to the Windows file server', 'idle', files && translate(files, (minutes) => (minutes < 0 || minutes >= 0xffff_ffff ? Infinity : minutes * 60), (seconds) => Math.max(1, Math.floor(seconds / 60)))),
    ...switches(registry, 'filesLeave', copies),
  ];
}

/** How Windows keeps passwords, and what it asks of the password of the local administrator (LAPS). */
export function passwordPoliciesOf(registry: Registry) {
  const hash = (bad: 'weak' | 'none') => (setting: Setting<boolean> | undefined) => setting && translate(setting, (so): 'strong' | 'weak' | 'reversible' | 'none' => (so ? bad : 'strong'), (wanted) => wanted !== 'strong');
  const kept = [
    ...factOf('The account database of Windows', 'hash', hash('weak')(stated(registry.value(lsa, 'NoLMHash', 'dword'), yesNo(['0'], ['1'])))),
    ...factOf('The memory of Windows (WDigest)', 'hash', hash('none')(stated(registry.value(`${control}\\SecurityProviders\\WDigest`, 'UseLogonCredential', 'dword'), yesNo(['1'], ['0'])))),
  ];
  const laps = [`${policies} Services\\AdmPwd`, `${windows}\\Policies\\LAPS`].flatMap((key) => {
    const label = 'The password of the local administrator (LAPS)';
    const kinds = numberAt(registry, key, 'PasswordComplexity');
    return [
      ...factOf(label, 'length', numberAt(registry, key, 'PasswordLength')),
      // 1 to 4 add capitals, small letters, digits and others; 5 is 4 without letters that look alike; 6 to 8 are phrases.
      ...(kinds?.kind === 'stated' && kinds.value <= 5 ? factOf(label, 'classes', translate(kinds, (n) => Math.min(n, 4), (n) => n)) : []),
      ...factOf(label, 'maximumAge', numberAt(registry, key, 'PasswordAgeDays')),
    ];
  });
  return [...kept, ...laps];
}

/** Ways to come in without a proof of identity, or with a weak one. */
export function loginsOf(registry: Registry) {
  const level = numberAt(registry, lsa, 'LmCompatibilityLevel');
  const weak = (label: string, key: string, name: string, caution?: string) =>
    factOf(label, 'method', cautioned(asMethod(stated(registry.value(key, name, 'dword'), yesNo(['1'], ['0']))), caution));
  const shares = ['NullSessionShares', 'NullSessionPipes'].flatMap((name) => {
    const listed = stated(registry.value(fileServer, name, 'list'), { read: (raw) => raw.split('\n').some((item) => item.trim() !== '' && !needed.test(item.trim())), print: () => '' });
    return factOf(name === 'NullSessionShares' ? 'The list of shares for callers without a name' : 'The list of pipes for callers without a name', 'anonymous', listed);
  });
  return [
    ...switches(registry, 'anonymous', anonymous),
    ...shares,
    ...switches(registry, 'emptyPassword', [{ label: 'Windows', key: lsa, name: 'LimitBlankPasswordUse', yes: ['0'], no: ['1'] }]),
    ...switches(registry, 'provenFirst', terminals.map((key): Switch => ({
      label: 'Remote Desktop (UserAuthentication)', key, name: 'UserAuthentication', yes: ['1'], no: ['0'],
      caution: 'Clients older than Windows 7 are refused.',
    }))),
    ...switches(registry, 'exposed', handedOver),
    ...keptLogins(registry),
    ...factOf('The network log-in of Windows (LmCompatibilityLevel)', 'method', cautioned(level && translate(level, (n): Method => (n >= 5 ? 'strong' : 'weak'), (wanted) => (wanted === 'strong' ? 5 : 3)),
      'Modalities, scanners and storage that know only NTLM version 1 can no longer reach shares: look for event 4624 with "NTLM V1" first.')),
    ...weak('The Windows file client', `${services}\\LanmanWorkstation\\Parameters`, 'EnablePlainTextPassword'),
    ...[['Client', 'client'], ['Service', 'service']].flatMap(([side, word]) => weak(`Remote management (WinRM ${word!})`, `${policies}\\Windows\\WinRM\\${side!}`, 'AllowBasic')),
    ...weak('Remote management (WinRM client)', `${policies}\\Windows\\WinRM\\Client`, 'AllowDigest'),
    ...registry.under(`${services}\\SNMP\\Parameters\\ValidCommunities`).filter(({ name }) => /^(public|private)$/i.test(name)).map(({ slot: { span } }) => ({
      label: 'The SNMP service of Windows', span, defaultCredential: { kind: 'stated' as const, value: true, span, write: () => [] },
    })),
  ];
}

/** Pipes that domain controllers and licence servers need to offer: CIS Benchmarks for Windows Server. */
const needed = /^(?:netlogon|samr|lsarpc|browser|hydralspipe|termservlicensing)$/i;

type Method = 'none' | 'weak' | 'password' | 'strong';

function asMethod(weak: Setting<boolean> | undefined): Setting<Method> | undefined {
  return weak && translate(weak, (so): Method => (so ? 'weak' : 'strong'), (wanted) => wanted === 'weak');
}

const anonymous: readonly Switch[] = [
  { label: 'The list of accounts and shares of Windows (RestrictAnonymous)', key: lsa, name: 'RestrictAnonymous', yes: ['0'], no: ['1', '2'] },
  { label: 'The list of accounts of Windows (RestrictAnonymousSAM)', key: lsa, name: 'RestrictAnonymousSAM', yes: ['0'], no: ['1'] },
  { label: 'Windows, which counts callers without a name as Everyone,', key: lsa, name: 'EveryoneIncludesAnonymous', yes: ['1'], no: ['0'] },
  { label: 'The Windows file server (RestrictNullSessAccess)', key: fileServer, name: 'RestrictNullSessAccess', yes: ['0'], no: ['1'] },
  { label: 'The Windows console (AutoAdminLogon)', key: winlogon, name: 'AutoAdminLogon', type: 'text', yes: ['1'], no: ['0'],
    caution: 'A device that must come up by itself, such as a display or a modality, then waits for somebody to sign in: agree on it with those who use it, and name the emergency access procedure, 164.312(a)(2)(ii).' },
  { label: 'The remote procedure service of Windows', key: `${policies}\\Windows NT\\Rpc`, name: 'RestrictRemoteClients', yes: ['0'], no: ['1', '2'] },
  ...['HKLM', 'HKCU'].flatMap((hive) => [{ label: 'Remote control (TightVNC)', key: `${hive}\\SOFTWARE\\TightVNC\\Server`, name: 'UseVncAuthentication', yes: ['0'], no: ['1'] } as const]),
];

/** Log-ins that Windows keeps in memory, keeps for the next time, or hands to other computers. */
const handedOver: readonly Switch[] = [
  { label: 'The memory of Windows, without LSA protection,', key: lsa, name: 'RunAsPPL', yes: ['0'], no: ['1', '2'],
    caution: 'Smart-card and single sign-on add-ons that are not signed for it stop loading.' },
  { label: 'Windows, without Credential Guard,', key: `${policies}\\Windows\\DeviceGuard`, name: 'LsaCfgFlags', yes: ['0'], no: ['1', '2'],
    caution: 'The computer needs virtualization in its firmware; old VPN and Wi-Fi log-ins with MS-CHAPv2 stop signing in by themselves.' },
  { label: 'Remote administration, which hands over whole credentials,', key: `${policies}\\CredentialsDelegation`,
    name: 'AllowProtectedCreds', yes: ['0'], no: ['1'] },
  { label: 'Remote Desktop, which trusts computers without the update of 2018 (AllowEncryptionOracle),',
    key: `${windows}\\Policies\\System\\CredSSP\\Parameters`, name: 'AllowEncryptionOracle', yes: ['2'], no: ['0', '1'], caution: 'Computers without that update can no longer be reached.' },
  { label: 'Windows, which keeps passwords of network log-ins for the next time,', key: lsa, name: 'DisableDomainCreds', yes: ['0'], no: ['1'],
    caution: 'Scheduled tasks with a stored password stop.' },
];

/** Windows keeps the log-ins of ten people unless told otherwise, which is left alone; CIS Benchmarks for Windows: four or fewer. */
function keptLogins(registry: Registry) {
  const people = numberAt(registry, winlogon, 'CachedLogonsCount', 'text');
  const label = `Windows, which keeps the log-ins of the last ${people?.kind === 'stated' ? people.value : 'many'} people,`;
  return factOf(label, 'exposed', cautioned(people && translate(people, (n) => n > 10, (wanted) => (wanted ? 10 : 4)),
    'Staff whose log-in is no longer kept cannot sign in while the domain is out of reach: name the emergency access procedure, 164.312(a)(2)(ii).'));
}

/** What is recorded. */
export function auditTrailsOf(registry: Registry) {
  return [...logSizes(registry), ...switches(registry, 'enabled', [
    { label: 'The log of PowerShell scripts', key: `${policies}\\Windows\\PowerShell\\ScriptBlockLogging`, name: 'EnableScriptBlockLogging', yes: ['1'], no: ['0'] },
    { label: 'The log of PowerShell modules', key: `${policies}\\Windows\\PowerShell\\ModuleLogging`, name: 'EnableModuleLogging', yes: ['1'], no: ['0'] },
    { label: 'The command line in the log of started programs', key: `${windows}\\Policies\\System\\Audit`, name: 'ProcessCreationIncludeCmdLine_Enabled', yes: ['1'], no: ['0'],
      caution: 'Command lines can hold passwords: restrict who may read the security log.' },
    { label: 'The Windows event log', key: `${services}\\EventLog`, name: 'Start', yes: ['2'], no: ['4'] },
    ...firewallKeys.map(({ key, networks }): Switch => ({ label: `The log of the Windows firewall (${networks})`, key: `${key}\\Logging`, name: 'LogDroppedPackets', yes: ['1'], no: ['0'] })),
  ])];
}

function logSizes(registry: Registry) {
  return ['Security', 'System', 'Application', 'Setup'].flatMap((name) =>
    logSize(name, numberAt(registry, `${policies}\\Windows\\EventLog\\${name}`, 'MaxSize')));
}

/** How much a log of Windows holds. CIS Benchmarks for Windows: 196,608 KiB for the security log, 32,768 KiB for the others. */
export function logSize(name: string, capacity: Setting<number> | undefined) {
  const leastCapacity = name === 'Security' ? 196_608 : 32_768;
  return factOf(`The ${name.toLowerCase()} log of Windows`, 'capacity', capacity).map((fact) => ({ ...fact, leastCapacity }));
}

const profiles = [['DomainProfile', 'domain networks'], ['StandardProfile', 'private networks'], ['PrivateProfile', 'private networks'], ['PublicProfile', 'public networks']] as const;
const firewallKeys = [`${policies}\\WindowsFirewall`, `${services}\\SharedAccess\\Parameters\\FirewallPolicy`].flatMap((key) => profiles.map(([profile, networks]) => ({ key: `${key}\\${profile}`, networks })));

/** The packet filter of Windows, one for each kind of network. */
export function firewallsOf(registry: Registry) {
  const action = (key: string, name: string) => {
    const blocks = stated(registry.value(key, name, 'dword'), yesNo(['1'], ['0']));
    return blocks && translate(blocks, (so): 'drop' | 'accept' => (so ? 'drop' : 'accept'), (wanted) => wanted === 'drop');
  };
  return [
    ...firewallKeys.flatMap(({ key, networks }) => {
      const label = `The Windows firewall for ${networks}`;
      return [
        ...factOf(label, 'enabled', stated(registry.value(key, 'EnableFirewall', 'dword'), yesNo(['1'], ['0']))),
        ...factOf(label, 'input', action(key, 'DefaultInboundAction')),
      ];
    }),
    ...switches(registry, 'enabled', [{ label: 'The service of the Windows firewall', key: `${services}\\MpsSvc`, name: 'Start', yes: ['2'], no: ['4'] }]),
  ];
}

/** The rules of the packet filter that let traffic in: `v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=3389|Name=...|`. */
export function openingsOf(registry: Registry) {
  return [`${policies}\\WindowsFirewall\\FirewallRules`, `${services}\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules`].flatMap((key) => registry.under(key).flatMap(({ slot: { raw, span } }) => {
    const fields = new Map<string, string[]>();
    for (const part of (raw ?? '').slice(0, 4000).split('|')) {
      const equals = part.indexOf('=');
      if (equals > 0) fields.set(part.slice(0, equals), [...(fields.get(part.slice(0, equals)) ?? []), part.slice(equals + 1)]);
    }
    const said = (name: string) => fields.get(name)?.[0];
    if (said('Action') !== 'Allow' || said('Active') !== 'TRUE' || said('Dir') !== 'In') return [];
    const ports = (fields.get('LPort') ?? []).filter((port) => /^\d{1,5}$/.test(port)).map((port) => [Number(port), Number(port)] as const);
    const restricted = fields.has('RA4') || fields.has('RA6') || fields.has('App') || ports.length === 0;
    return [{ label: 'A rule of the Windows firewall', span, ports, protocol: said('Protocol') === '17' ? 'udp' : 'tcp', source: { kind: 'stated' as const, value: restricted ? 'restricted' as const : 'anywhere' as const, span, write: () => [] } }];
  }));
}

/** Protection against malicious software: Microsoft Defender Antivirus. */
export function malwareOf(registry: Registry) {
  const scanner = 'Microsoft Defender';
  const off = (key: string, name: string, label = scanner): Switch => ({ label, key, name, yes: ['0'], no: ['1'] });
  return [
    ...switches(registry, 'scanner', [...defender.flatMap((key) => [off(key, 'DisableAntiSpyware'), off(key, 'DisableAntiVirus')]), { label: scanner, key: `${services}\\WinDefend`, name: 'Start', yes: ['2'], no: ['4'] }]),
    ...switches(registry, 'onAccess', defender.flatMap((key) => [
      off(`${key}\\Real-Time Protection`, 'DisableRealtimeMonitoring'), off(`${key}\\Real-Time Protection`, 'DisableOnAccessProtection'),
      off(`${key}\\Real-Time Protection`, 'DisableIOAVProtection', 'Microsoft Defender, for downloads and attachments,'), off(`${key}\\Real-Time Protection`, 'DisableBehaviorMonitoring', 'Microsoft Defender, for what programs do,'),
    ])),
    // 8 means never. When signatures are renewed on a regulated device is for its manufacturer to say, so no fix writes it.
    ...switches(registry, 'signaturesUpdated', defender.map((key): Switch => ({ label: scanner, key: `${key}\\Signature Updates`, name: 'ScheduleDay', yes: ['0', '1', '2', '3', '4', '5', '6', '7'], no: ['8'], byHand: true }))),
    ...defender.flatMap((key) => ['Paths', 'Extensions', 'Processes'].flatMap((kind) =>
      registry.under(`${key}\\Exclusions\\${kind}`).map(({ name, slot: { span } }) => exclusion(name, span)))),
  ];
}

/** A place, a kind of files or a program that Microsoft Defender does not look at; only what is too wide is named. */
export function exclusion(what: string, span: Span): FactOf<'exclusions', readonly string[]> {
  return { label: 'Microsoft Defender', span, exclusions: { kind: 'stated', value: isWide(what) ? [what.slice(0, 120)] : [], span, write: () => [] } };
}

const wideKinds = /^\*?\.?(exe|dll|scr|ps1|bat|cmd|vbs|js|msi|com)$/;
const widePlaces = [
  /^([a-z]:|%systemdrive%|\*?)$/,
  /^([a-z]:|%systemdrive%)\\(windows|windows\\(system32|temp)|users|users\\public|programdata|program files|program files \(x86\)|temp)$/,
  /^%(systemroot|windir|temp|tmp|userprofile|appdata|localappdata|programdata|programfiles)%(\\(system32|temp))?$/,
  /^([a-z]:)\\users\\\*?(\\(appdata|downloads|desktop).*)?$/,
];

/** Whether an exclusion covers so much that a scanner is of little use: a whole drive, Windows itself, the folders of users, every program. */
function isWide(what: string): boolean {
  const said = what.slice(0, 300).trim().toLowerCase();
  const place = said.replace(/^["']|["']$/g, '').replace(/[\\/*.]+$/, '');
  return wideKinds.test(said) || widePlaces.some((wide) => wide.test(place));
}

/** Physical ways into the machine. */
export function portsOf(registry: Registry) {
  const media = { label: 'The automatic start of programs from media (AutoRun)', yes: ['0'], no: ['255', '1'] } as const;
  const explorer = ['HKLM', 'HKCU'].map((hive) => `${hive}\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\Explorer`);
  const autorun = explorer.flatMap((key) => {
    const drives = numberAt(registry, key, 'NoDriveTypeAutoRun');
    return factOf(media.label, 'open', drives && translate(drives, (kinds) => (kinds & 0xff) !== 0xff, (open) => (open ? 0x91 : 0xff)));
  });
  const removable = `${policies}\\Windows\\RemovableStorageDevices`;
  const kinds = <Facts extends readonly object[]>(kind: 'usb' | 'removable media' | 'other', facts: Facts) => facts.map((fact) => ({ ...fact, kind })) as { [I in keyof Facts]: Facts[I] & { kind: typeof kind } };
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
      { label: 'Direct access to memory for every external device', key: `${policies}\\Windows\\Kernel DMA Protection`, name: 'DeviceEnumerationPolicy', yes: ['2'], no: ['0', '1'] },
    ])),
  ];
}

const officeApps = [['word', 'Microsoft Word'], ['excel', 'Microsoft Excel'], ['powerpoint', 'Microsoft PowerPoint'], ['access', 'Microsoft Access'], ['outlook', 'Microsoft Outlook']] as const;

/** Which programs run and where they come from. */
export function softwareOf(registry: Registry) {
  const update = `${policies}\\Windows\\WindowsUpdate`;
  const macros = ['14.0', '15.0', '16.0'].flatMap((version) => officeApps.map(([app, label]): Switch => ({
    label: `${label}, in its macros,`, key: `HKCU\\Software\\Policies\\Microsoft\\Office\\${version}\\${app}\\Security`, name: 'VBAWarnings', yes: ['3', '2', '4'], no: ['1'],
  })));
  return [
    // Whether a regulated device takes updates by itself is for its manufacturer to say, so no fix switches them on.
    ...switches(registry, 'updated', [
      { label: 'Windows', key: `${update}\\AU`, name: 'NoAutoUpdate', yes: ['0'], no: ['1'], byHand: true },
      { label: 'Windows', key: update, name: 'DisableWindowsUpdateAccess', yes: ['0'], no: ['1'], byHand: true },
      { label: 'Windows', key: `${services}\\wuauserv`, name: 'Start', yes: ['3', '2'], no: ['4'], byHand: true },
    ]),
    ...switches(registry, 'unknownSources', [
      { label: 'Windows, without SmartScreen,', key: `${policies}\\Windows\\System`, name: 'EnableSmartScreen', yes: ['0'], no: ['1', '2'] },
      { label: 'Windows', key: `${policies}\\Windows\\Appx`, name: 'AllowAllTrustedApps', yes: ['1'], no: ['0'] },
    ]),
    ...switches(registry, 'signed', [
      { label: 'PowerShell', key: `${policies}\\Windows\\PowerShell`, name: 'ExecutionPolicy', type: 'text', yes: ['RemoteSigned', 'AllSigned', 'Restricted'], no: ['Unrestricted', 'Bypass'] },
      { label: 'PowerShell', key: 'HKLM\\SOFTWARE\\Microsoft\\PowerShell\\1\\ShellIds\\Microsoft.PowerShell', name: 'ExecutionPolicy', type: 'text', yes: ['RemoteSigned', 'AllSigned', 'Restricted'], no: ['Unrestricted', 'Bypass'] },
      ...macros,
    ]),
    ...switches(registry, 'allowList', [
      { label: 'The software restriction policy', key: `${policies}\\Windows\\safer\\codeidentifiers`, name: 'DefaultLevel', yes: ['0'], no: ['262144'], caution: 'Programs that no rule of the policy allows stop at once, clinical ones included.' },
      ...['Exe', 'Script', 'Msi', 'Dll', 'Appx'].map((kind): Switch => ({ label: `AppLocker (${kind})`, key: `${policies}\\Windows\\SrpV2\\${kind}`, name: 'EnforcementMode', yes: ['1'], no: ['0'] })),
    ]),
    ...switches(registry, 'debug', [{ label: 'Windows', key: `${policies}\\Windows\\Appx`, name: 'AllowDevelopmentWithoutDevLicense', yes: ['1'], no: ['0'] }]),
  ];
}

/** What keeps programs from becoming administrators unasked. */
export function privilegesOf(registry: Registry) {
  const system = `${windows}\\Policies\\System`;
  return switches(registry, 'escalation', [
    { label: 'A program that an administrator starts (EnableLUA)', key: system, name: 'EnableLUA', yes: ['0'], no: ['1'], caution: 'It takes effect after a restart; programs that write to their own folder may need rights there.' },
    { label: 'A program that an administrator starts (ConsentPromptBehaviorAdmin)', key: system, name: 'ConsentPromptBehaviorAdmin', yes: ['0'], no: ['2', '1', '3', '4', '5'] },
    { label: 'A program that the built-in administrator starts (FilterAdministratorToken)', key: system, name: 'FilterAdministratorToken', yes: ['0'], no: ['1'] },
    { label: 'A program that asks without the secure desktop (PromptOnSecureDesktop)', key: system, name: 'PromptOnSecureDesktop', yes: ['0'], no: ['1'], caution: 'Remote assistance cannot see the prompt then.' },
    { label: 'A local account that comes over the network (LocalAccountTokenFilterPolicy)', key: system, name: 'LocalAccountTokenFilterPolicy', yes: ['1'], no: ['0'], caution: 'Remote administration with local accounts stops: use domain accounts.' },
    ...['HKLM', 'HKCU'].map((hive): Switch => ({ label: 'An installation package (AlwaysInstallElevated)', key: `${hive}\\SOFTWARE\\Policies\\Microsoft\\Windows\\Installer`, name: 'AlwaysInstallElevated', yes: ['1'], no: ['0'] })),
  ]);
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
  ]);
  return [...encrypted, ...switches(registry, 'recoveryKept', kept)].map((fact) => ({ ...fact, kind: 'disk' }));
}
