/**
 * What the values of the Windows registry let out: to services outside, to whoever watches the screen, to whoever
 * holds a locked device.
 */
import type { Setting } from '#engine/setting.js';
import { explorer, personal, policies, terminals, windows } from './windows-keys.js';
import type { Registry } from './windows-registry.js';
import { off, on, switched, switches, type Switch } from './windows-switches.js';

/** Features by which what is on the machine may reach somebody else. */
export function disclosuresOf(registry: Registry) {
  // The limit is one of the second level; where the first alone is sent there is nothing to limit.
  const least = diagnostics.some((row) => switched(registry, row)?.kind === 'stated' && !isOn(switched(registry, row)));
  const limits = least ? [] : [off('The diagnostic data of Windows, without its limit,',
    `${policies}\\Windows\\DataCollection`, 'LimitEnhancedDiagnosticDataWindowsAnalytics')];
  return [...switches(registry, 'outside', [...diagnostics, ...limits, ...services]), ...switches(registry, 'watched',
    watching), ...switches(registry, 'whileLocked', whileLocked)];
}

const everywhere = (label: string, key: string, name: string, row: typeof on | typeof off): readonly Switch[] =>
  [policies, personal].map((hive) => row(label, `${hive}\\${key}`, name));

/** 0 none, 1 required alone, 2 and 3 add how programs are used and the memory of those that failed. */
const diagnostics: readonly Switch[] = [`${policies}\\Windows\\DataCollection`,
  `${windows}\\Policies\\DataCollection`].map((key) =>
  ({ label: 'The diagnostic data of Windows', key, name: 'AllowTelemetry', yes: ['3', '2'], no: ['1', '0'] }));

const isOn = (setting: Setting<boolean> | undefined) => setting?.kind === 'stated' && setting.value;

/**
 * Names and numbers: administrative templates of Windows 11 (DataCollection, OSPolicy, Globalization, Search,
 * WindowsCopilot, Explorer).
 */
const services: readonly Switch[] = [
  off('Reports of errors with the memory of programs (LimitDumpCollection)', `${policies}\\Windows\\DataCollection`,
    'LimitDumpCollection'),
  off('Reports of errors with logs (LimitDiagnosticLogCollection)', `${policies}\\Windows\\DataCollection`,
    'LimitDiagnosticLogCollection'),
  off('Reports of errors with the memory of programs', `${policies}\\Windows\\Windows Error Reporting`, 'Disabled'),
  off('The list of installed programs', `${policies}\\Windows\\AppCompat`, 'DisableInventory'),
  on('The clipboard', `${policies}\\Windows\\System`, 'AllowCrossDeviceClipboard'),
  on('The list of what people did (PublishUserActivities)', `${policies}\\Windows\\System`, 'PublishUserActivities'),
  on('The list of what people did (UploadUserActivities)', `${policies}\\Windows\\System`, 'UploadUserActivities'),
  on('The recognition of speech', `${policies}\\InputPersonalization`, 'AllowInputPersonalization'),
  on('The recognition of speech', `${policies}\\Speech`, 'AllowSpeechModelUpdate', { yes: ['2'], no: ['0', '1'] }),
  on('The assistant (Cortana)', `${policies}\\Windows\\Windows Search`, 'AllowCortana'),
  { label: 'The search of Windows', key: `${policies}\\Windows\\Windows Search`, name: 'AllowCloudSearch', yes: ['1',
    '2'], no: ['0'] },
  ...everywhere('The assistant (Copilot)', 'Windows\\WindowsCopilot', 'TurnOffWindowsCopilot', off),
  off('Handwriting', `${policies}\\Windows\\TabletPC`, 'PreventHandwritingDataSharing'),
  off('Reports on handwriting', `${policies}\\Windows\\HandwritingErrorReports`, 'PreventHandwritingErrorReports'),
  ...['NoWebServices', 'NoPublishingWizard', 'NoOnlinePrintsWizard'].map((name) =>
    off(`The wizard that publishes files on the Web (${name})`, explorer, name)),
  // 0 asks each time, 1 sends what holds no personal data, 2 never, 3 sends everything.
  { label: 'The samples of Microsoft Defender', key: `${policies}\\Windows Defender\\Spynet`,
    name: 'SubmitSamplesConsent', yes: ['3'], no: ['1', '0', '2'] },
];

/** `Shadow`: 0 none, 1 full control when asked, 2 unasked, 3 looking when asked, 4 unasked. */
const watching: readonly Switch[] = [
  ...terminals.flatMap((key) => [on('Remote Assistance', key, 'fAllowToGetHelp'),
    on('Remote Assistance that nobody asked for', key, 'fAllowUnsolicited'),
    { label: 'A second Remote Desktop session, unasked,', key, name: 'Shadow', yes: ['2', '4'], no: ['1', '0',
      '3'] } as const]),
  on('Remote Assistance', 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Remote Assistance', 'fAllowToGetHelp'),
  on('The recording of games and screens', `${policies}\\Windows\\GameDVR`, 'AllowGameDVR'),
  ...everywhere('The memory of screens (Recall)', 'Windows\\WindowsAI', 'DisableAIDataAnalysis', off),
  on('The memory of screens (Recall)', `${policies}\\Windows\\WindowsAI`, 'AllowRecallEnablement'),
  { label: 'A program that listens for a word', key: `${policies}\\Windows\\AppPrivacy`,
    name: 'LetAppsActivateWithVoice', yes: ['0', '1'], no: ['2'] },
  { label: 'Projecting to this computer', key: `${policies}\\Windows\\Connect`, name: 'AllowProjectionToPC',
    yes: ['1'], no: ['0'] },
];

/**
 * `AllowWindowsInkWorkspace`: 0 off, 1 on but not above the lock, 2 on. `LetApps…`: 0 the person decides, 1 yes, 2 no.
 */
const whileLocked: readonly Switch[] = [
  off('The camera', `${policies}\\Windows\\Personalization`, 'NoLockScreenCamera'),
  off('The slide show of pictures', `${policies}\\Windows\\Personalization`, 'NoLockScreenSlideshow'),
  off('The list of messages', `${policies}\\Windows\\System`, 'DisableLockScreenAppNotifications'),
  ...everywhere('The list of messages', 'Windows\\CurrentVersion\\PushNotifications',
    'NoToastApplicationNotificationOnLockScreen', off),
  off('The choice of networks', `${policies}\\Windows\\System`, 'DontDisplayNetworkSelectionUI'),
  on('The assistant (Cortana)', `${policies}\\Windows\\Windows Search`, 'AllowCortanaAboveLock'),
  { label: 'A program that listens for a word', key: `${policies}\\Windows\\AppPrivacy`,
    name: 'LetAppsActivateWithVoiceAboveLock', yes: ['0', '1'], no: ['2'] },
  { label: 'The pad for ink', key: `${policies}\\WindowsInkWorkspace`, name: 'AllowWindowsInkWorkspace', yes: ['2'],
    no: ['1', '0'] },
];
