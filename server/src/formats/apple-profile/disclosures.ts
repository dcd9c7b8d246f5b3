import type { DisclosureFields } from '#concepts/disclosure.js';
import type { Analysis } from '#engine/analysis.js';
import type { Fact, Fields } from '#engine/concept.js';
import { translate, type Setting } from '#engine/setting.js';
import { restriction, restrictions } from './device.js';
import { flag, number, payloadsNamed, type Payload, type Profile } from './payloads.js';

type Disclosed = Fact & Fields<DisclosureFields>;

/**
 * A restriction that is judged where the profile states it, and the value that lets something out; it is also what
 * holds where nobody says otherwise.
 */
type Row = readonly [key: string, label: string, lets: boolean];

/**
 * What goes to iCloud, to the assistant and to other services. Keys and meanings: Apple device-management schema,
 * com.apple.applicationaccess.
 */
const outside: readonly Row[] = [
  ['allowCloudAddressBook', 'Contacts in iCloud', true],
  ['allowCloudBookmarks', 'Bookmarks in iCloud', true],
  ['allowCloudCalendar', 'Calendars in iCloud', true],
  ['allowCloudDocumentSync', 'Documents in iCloud', true],
  ['allowCloudDesktopAndDocuments', 'Desktop and documents in iCloud', true],
  ['allowCloudFreeform', 'Boards in iCloud', true],
  ['allowCloudKeychainSync', 'Passwords in iCloud', true],
  ['allowCloudMail', 'Mail in iCloud', true],
  ['allowCloudNotes', 'Notes in iCloud', true],
  ['allowCloudPhotoLibrary', 'Photographs in iCloud', true],
  ['allowPhotoStream', 'The stream of photographs', true],
  ['allowSharedStream', 'Albums shared in iCloud', true],
  ['allowCloudReminders', 'Reminders in iCloud', true],
  ['allowCloudPrivateRelay', 'Web traffic through the relays of iCloud', true],
  ['allowManagedAppsCloudSync', 'Managed apps, by iCloud,', true],
  ['allowEnterpriseBookBackup', 'Copies of books of work', true],
  ['allowEnterpriseBookMetadataSync', 'Notes in books of work', true],
  ['allowActivityContinuation', 'Handoff to other devices of the person', true],
  ['allowGameCenter', 'Game Center', true],
  ['allowContentCaching', 'The cache of iCloud data for devices nearby', true],
  ['allowAssistant', 'Siri', true],
  ['allowAssistantUserGeneratedContent', 'Siri, with pages that anybody wrote,', true],
  ['allowSiriServerLogging', 'The log of Siri', true],
  ['allowDictation', 'Dictation', true],
  ['forceOnDeviceOnlyDictation', 'Dictation', false],
  ['forceOnDeviceOnlyTranslation', 'Translation', false],
  ['allowSpotlightInternetResults', 'Search', true],
  ['allowExternalIntelligenceIntegrations', 'Assistants of other firms', true],
  ['allowExternalIntelligenceIntegrationsSignIn', 'Assistants of other firms, under accounts of their own,', true],
  ['allowWritingTools', 'Writing tools', true],
  ['allowMailSummary', 'Summaries of mail', true],
  ['allowMailSmartReplies', 'Suggested replies to mail', true],
  ['allowNotesTranscription', 'Transcripts in notes', true],
  ['allowNotesTranscriptionSummary', 'Summaries of transcripts in notes', true],
  ['allowSafariSummary', 'Summaries of web pages', true],
  ['allowVisualIntelligenceSummary', 'Summaries of what the camera sees', true],
  ['allowDiagnosticSubmission', 'Diagnostic data', true],
  ['requireManagedPasteboard', 'The clipboard of managed apps', false],
  ['allowUnmanagedToReadManagedContacts', 'Contacts of work, read by other apps,', true],
  ['allowManagedToWriteUnmanagedContacts', 'Contacts of work, written to accounts of the person,', true],
];

const watched: readonly Row[] = [
  ['allowScreenShot', 'Pictures of the screen', true],
  ['allowRemoteScreenObservation', 'Remote observation of the screen', true],
  ['forceClassroomUnpromptedScreenObservation', 'Observation of the screen that nobody is asked about', true],
  ['allowVideoConferencingRemoteControl', 'Remote control in a video call', true],
  ['allowVideoConferenceingRemoteControl', 'Remote control in a video call', true],
  ['allowCallRecording', 'The recording of calls', true],
  ['allowiPhoneMirroring', 'The mirror of an iPhone', true],
  ['allowiPhoneWidgetsOnMac', 'Widgets of an iPhone', true],
];

const whileLocked: readonly Row[] = [
  ['allowAssistantWhileLocked', 'Siri', true],
  ['allowVoiceDialing', 'Dialing by voice', true],
  ['allowLockScreenNotificationsView', 'The list of messages', true],
  ['allowLockScreenTodayView', 'The view of today, with the calendar,', true],
  ['allowLockScreenControlCenter', 'Control Center', true],
  ['allowPassbookWhileLocked', 'Wallet', true],
];

/** Switches of other payloads; 1 of the assistant's data sharing is yes, 2 no. */
const elsewhere: readonly (readonly [type: string, key: string, label: string, field: keyof DisclosureFields,
  read: 'flag' | 'sharing'])[] = [
  ['com.apple.SubmitDiagInfo', 'AutoSubmit', 'Diagnostic data', 'outside', 'flag'],
  ['com.apple.Accessibility', 'AXSAudioDonationSiriImprovementEnabled', 'Recordings of assistive voice', 'outside',
    'flag'],
  ['com.apple.assistant.support', 'Siri Data Sharing Opt-In Status', 'Recordings of Siri and dictation', 'outside',
    'sharing'],
  ['com.apple.assistant.support', 'Search Queries Data Sharing Status', 'What people search for', 'outside', 'sharing'],
  ['com.apple.photos.shareddefaults', 'IPXDefaultEnhancedVisualSearchEnabled', 'The search for places in photographs',
    'outside', 'flag'],
  ['com.apple.mail.managed', 'allowMailDrop', 'Large attachments (Mail Drop)', 'outside', 'flag'],
  ['com.apple.Siri', 'VoiceTriggerUserEnabled', 'The wait for the word that wakes Siri', 'watched', 'flag'],
];

/**
 * Features by which what is on the device may reach somebody it is not meant for, as far as the profile states them.
 */
export function disclosures(analysis: Analysis<Profile>): readonly Disclosed[] {
  const file = analysis.tree;
  const rows = ([['outside', outside], ['watched', watched], ['whileLocked', whileLocked]] as const).flatMap(([field,
    listed]) =>
    listed.flatMap(([key, label, lets]) => {
      // Dictation that never leaves the device is no matter of services.
      if (key === 'allowDictation' && stays(analysis)) return [];
      const setting = restriction(analysis, key, lets, 'ignored');
      return fact(payloadsNamed(file, restrictions), label, field, setting && meaning(setting, lets));
    }));
  return [...rows, ...elsewhere.flatMap(([type, key, label, field, read]) => payloadsNamed(file,
    type).flatMap((payload) =>
    fact([payload], label, field, read === 'flag' ? flag(file, payload, key) : sharing(file, payload, key))))];
}

function stays(analysis: Analysis<Profile>): boolean {
  const here = restriction(analysis, 'forceOnDeviceOnlyDictation', false, 'ignored');
  return here !== undefined && here.kind !== 'undetermined' && here.value;
}

/** A restriction as whether it lets something out. */
export function meaning(setting: Setting<boolean>, lets: boolean): Setting<boolean> {
  return translate(setting, (so) => so === lets, (out) => out === lets);
}

function sharing(file: Profile, payload: Payload, key: string): Setting<boolean> | undefined {
  const status = number(file, payload, key);
  return status && (status.kind === 'stated' && status.value === 0 ? undefined : translate(status, (n) => n === 1,
    (shared) => (shared ? 1 : 2)));
}

function fact([payload]: readonly Payload[], label: string, field: keyof DisclosureFields,
  setting: Setting<boolean> | undefined): readonly Disclosed[] {
  return payload && setting ? [{ label, span: payload.head, [field]: setting }] : [];
}
