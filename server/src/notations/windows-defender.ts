/** What the values of the Windows registry mean for Microsoft Defender Antivirus. */
import { known, observe } from '#engine/setting.js';
import { withoutTail, type Span } from '#engine/text.js';
import { defender, policies, services } from './windows-keys.js';
import type { Registry } from './windows-registry.js';
import { factOf, numberAt, off, on, switches, type FactOf, type Switch } from './windows-switches.js';

/** Protection against malicious software: Microsoft Defender Antivirus. */
export function malwareOf(registry: Registry) {
  const scanner = 'Microsoft Defender';
  const without = (key: string, name: string, label = scanner): Switch => ({ label, key, name, yes: ['0'], no: ['1'] });
  const here = (rows: (key: string) => readonly Switch[]) => defender.flatMap((key) => rows(key));
  return [
    ...switches(registry, 'scanner', [...defender.flatMap((key) => [without(key, 'DisableAntiSpyware'), without(key,
      'DisableAntiVirus')]), { label: scanner, key: `${services}\\WinDefend`, name: 'Start', yes: ['2'], no: ['4'] }]),
    ...switches(registry, 'onAccess', defender.flatMap((key) => [
      without(`${key}\\Real-Time Protection`, 'DisableRealtimeMonitoring'), without(`${key}\\Real-Time Protection`,
        'DisableOnAccessProtection'),
      without(`${key}\\Real-Time Protection`, 'DisableIOAVProtection',
        'Microsoft Defender, for downloads and attachments,'), without(`${key}\\Real-Time Protection`,
          'DisableBehaviorMonitoring', 'Microsoft Defender, for what programs do,'),
    ])),
    // 8 means never. When signatures are renewed on a regulated device is for its manufacturer to say, so no fix
    // writes it.
    ...switches(registry, 'signaturesUpdated', defender.map((key): Switch => ({ label: scanner,
      key: `${key}\\Signature Updates`, name: 'ScheduleDay', yes: ['0', '1', '2', '3', '4', '5', '6', '7'], no: ['8'],
        byHand: true }))),
    ...switches(registry, 'scanner', here(parts)),
    ...switches(registry, 'onAccess', here(moments)),
    ...defender.flatMap((key) => ['ASSignatureDue', 'AVSignatureDue'].flatMap((name) => {
      const days = numberAt(registry, `${key}\\Signature Updates`, name);
      return factOf(`${scanner} (${name})`, 'signaturesUpdated', days && observe(days, (n) => n <= mostDays));
    })),
    ...switches(registry, 'stops', here(responses)),
    ...defender.flatMap((key) => rulesOfBehaviour(registry, key)),
    ...switches(registry, 'guarded', [...here(guards),
      on('The exploit protection of Windows',
        `${policies}\\Windows Defender Security Center\\App and Browser protection`,
          'DisallowExploitProtectionOverride')]),
    ...defender.flatMap((key) => ['Paths', 'Extensions', 'Processes'].flatMap((kind) =>
      registry.under(`${key}\\Exclusions\\${kind}`).map(({ name, slot: { span } }) => exclusion(name, span)))),
  ];
}

/** Days after which signatures count as old. STIG for Microsoft Defender Antivirus: seven at most. */
const mostDays = 7;

/** Where and with what Defender looks: the administrative template WindowsDefender.admx. */
const parts = (key: string): readonly Switch[] => [
  on('Microsoft Defender, for unwanted programs,', key, 'PUAProtection', { neither: ['2'] }),
  on('Microsoft Defender, with its service in the cloud,', `${key}\\Spynet`, 'SpynetReporting', { yes: ['2', '1'],
    caution: 'It asks the service of Microsoft about what it does not know: it must be covered by your agreement.' }),
  off('Microsoft Defender, when it first meets a program,', `${key}\\Spynet`, 'DisableBlockAtFirstSeen'),
  off('Microsoft Defender, in network traffic,', `${key}\\NIS`, 'DisableProtocolRecognition'),
  on('Microsoft Defender, in network traffic of servers,', `${key}\\${networkProtection}`,
    'AllowNetworkProtectionOnWinServer'),
  on('Microsoft Defender, for files on a list of hashes,', `${key}\\MpEngine`, 'EnableFileHashComputation',
    { caution: 'It costs speed when large files are copied.' }),
  off('Microsoft Defender, in archives,', `${key}\\Scan`, 'DisableArchiveScanning'),
  off('Microsoft Defender, on removable drives,', `${key}\\Scan`, 'DisableRemovableDriveScanning'),
  off('Microsoft Defender, in mail,', `${key}\\Scan`, 'DisableEmailScanning'),
  off('Microsoft Defender, in packed programs,', `${key}\\Scan`, 'DisablePackedExeScanning'),
  off('Microsoft Defender, in files on the network,', `${key}\\Scan`, 'DisableScanningNetworkFiles'),
  off('Microsoft Defender, for what looks malicious,', `${key}\\Scan`, 'DisableHeuristics'),
  on('Microsoft Defender, in quick scans of what is excluded,', `${key}\\Scan`, 'QuickScanIncludeExclusions'),
  { label: 'Microsoft Defender, on a schedule,', key: `${key}\\Scan`, name: 'ScheduleDay', yes: ['0', '1', '2', '3',
    '4', '5', '6', '7'], no: ['8'] },
];

const networkProtection = 'Windows Defender Exploit Guard\\Network Protection';

/** When it looks. `RealtimeScanDirection`: 0 both ways, 1 files that come in, 2 files that go out. */
const moments = (key: string): readonly Switch[] => [
  { label: 'Microsoft Defender, one way of two,', key: `${key}\\Real-Time Protection`, name: 'RealtimeScanDirection',
    yes: ['0'], no: ['1', '2'] },
  off('Microsoft Defender, for programs that run already,', `${key}\\Real-Time Protection`,
    'DisableScanOnRealtimeEnable'),
  off('Microsoft Defender, for scripts,', `${key}\\Real-Time Protection`, 'DisableScriptScanning'),
  on('Microsoft Defender, while Windows is set up,', `${key}\\Real-Time Protection`, 'OobeEnableRtpAndSigUpdate'),
];

/** What it does with what it finds; the actions on a threat are 2 quarantine, 3 remove, 6 ignore. */
const responses = (key: string): readonly Switch[] => [
  off('Microsoft Defender (DisableRoutinelyTakingAction)', key, 'DisableRoutinelyTakingAction'),
  on('Microsoft Defender, beside another scanner (PassiveRemediation),', `${key}\\Features`, 'PassiveRemediation'),
  on('The network protection of Microsoft Defender, which only warns,', `${key}\\NIS`, 'EnableConvertWarnToBlock'),
  on('The network protection of Microsoft Defender', `${key}\\${networkProtection}`, 'EnableNetworkProtection',
    { no: ['0', '2'] }),
  on('The guard of folders of Microsoft Defender', `${key}\\Windows Defender Exploit Guard\\Controlled Folder Access`,
    'EnableControlledFolderAccess',
    { no: ['0', '2'], neither: ['3', '4'],
      caution: 'Clinical programs that write to documents are stopped until they are listed.' }),
  ...['1', '2', '4', '5'].map((level): Switch => ({ label: 'Microsoft Defender, for threats of one level,',
    key: `${key}\\Threats\\ThreatSeverityDefaultAction`, name: level, type: 'text', yes: ['2', '3'], no: ['6'] })),
];

/** Whether the machine may differ from the policy. Tamper protection writes 5 or 1 for on, 4 or 0 for off. */
const guards = (key: string): readonly Switch[] => [
  ...['DisableOnAccessProtection', 'RealtimeScanDirection', 'DisableIOAVProtection', 'DisableBehaviorMonitoring',
    'DisableRealtimeMonitoring', 'DisableIntrusionPreventionSystem'].map((name) =>
    off('The real-time protection of Microsoft Defender', `${key}\\Real-Time Protection`,
      `LocalSettingOverride${name}`)),
  off('The cloud service of Microsoft Defender', `${key}\\Spynet`, 'LocalSettingOverrideSpynetReporting'),
  on('The list of exclusions of Microsoft Defender (DisableLocalAdminMerge)', key, 'DisableLocalAdminMerge'),
  on('The list of exclusions of Microsoft Defender (HideExclusionsFromLocalAdmins)', key,
    'HideExclusionsFromLocalAdmins'),
  { label: 'Microsoft Defender, without tamper protection,', key: `${key}\\Features`, name: 'TamperProtection',
    yes: ['5', '1'], no: ['4', '0'], byHand: true },
];

/**
 * Rules for which audit is enough for the STIG, since they stop remote administration and rare programs: processes
 * from PSExec and WMI, ransomware, prevalence.
 */
const auditWillDo = new Set(['d1e49aac-8f56-4280-b9ba-993a6d77406c', 'e6db77e5-3df2-4cf1-b95a-636979351e5b',
  '01443614-cd74-433a-b99e-2ecdc07bfc25']);

/** Attack surface reduction: each rule under its identifier with 0 off, 1 block, 2 audit, 6 warn. */
function rulesOfBehaviour(registry: Registry, key: string) {
  return registry.under(`${key}\\Windows Defender Exploit Guard\\ASR\\Rules`).flatMap(({ name, slot }) => {
    if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(name) || slot.raw !== '0' && slot.raw !== '1'
      && slot.raw !== '2') return [];
    const stops = slot.raw === '1' || slot.raw === '2' && auditWillDo.has(name.toLowerCase());
    return factOf('A rule of Microsoft Defender about behaviour', 'stops', known(stops, slot.span, (wanted) => (wanted
      ? slot.write('1') : [])));
  });
}

/** A place, a kind of files or a program that Microsoft Defender does not look at; only what is too wide is named. */
export function exclusion(what: string, span: Span): FactOf<'exclusions', readonly string[]> {
  return { label: 'Microsoft Defender', span, exclusions: { kind: 'stated', value: isWide(what) ? [what.slice(0, 120)]
    : [], span, write: () => [] } };
}

const wideKinds = /^\*?\.?(exe|dll|scr|ps1|bat|cmd|vbs|js|msi|com)$/;
const widePlaces = [
  /^([a-z]:|%systemdrive%|\*?)$/,
  /^([a-z]:|%systemdrive%)\\(windows|windows\\(system32|temp)|users|users\\public|programdata|program files|program files \(x86\)|temp)$/,
  /^%(systemroot|windir|temp|tmp|userprofile|appdata|localappdata|programdata|programfiles)%(\\(system32|temp))?$/,
  /^([a-z]:)\\users\\\*?(\\(appdata|downloads|desktop).*)?$/,
];

/**
 * Whether an exclusion covers so much that a scanner is of little use: a whole drive, Windows itself, the folders of
 * users, every program.
 */
function isWide(what: string): boolean {
  const said = what.slice(0, 300).trim().toLowerCase();
  const place = withoutTail(said.replace(/^["']|["']$/g, ''), '\\/*.');
  return wideKinds.test(said) || widePlaces.some((wide) => wide.test(place));
}
