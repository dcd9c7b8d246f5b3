import type { Analysis } from '#engine/analysis.js';
import { integer, text, yesNo } from '#engine/codec.js';
import { documented, type Source } from '#engine/release.js';
import { setting, stated, undetermined, type Absent, type Codec, type Setting, type Slot } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { parsePlist, slot, type Dictionary, type Plist, type Scalar, type Value } from '#notations/plist.js';

/** A configuration profile, or the reason why it must be left as it is. */
export interface Profile extends Plist {
  /** Why the profile cannot be read and must never be edited: a clause. */
  readonly sealed?: string;
  readonly payloads: readonly Payload[];
  /** For which devices the profile is; `undefined` where it does not say. */
  readonly target?: 'mac' | 'mobile' | undefined;
}

/** One payload: what it is about, and the dictionary that holds its settings. */
export interface Payload {
  readonly type: string;
  readonly settings: Dictionary;
  /** Where the payload names its type: what a person takes for its head. */
  readonly head: Span;
}

/** The default of a payload, as the published schema has it: for iOS 15.4 to 18.1, which is macOS 12.3 to 15.1. */
export const schema = (type: string): Source => documented('Apple device-management schema of iOS', '15.4 to 18.1', type);

/** Payloads that only a Mac has; read in the published schema. */
const ofMac: ReadonlySet<string> = new Set(['com.apple.MCX.FileVault2', 'com.apple.security.firewall', 'com.apple.screensaver', 'com.apple.screensaver.user',
  'com.apple.screensaver.ByHost', 'com.apple.systempolicy.control', 'com.apple.loginwindow', 'com.apple.SoftwareUpdate',
  'com.apple.MCX', 'com.apple.security.FDERecoveryKeyEscrow', 'com.apple.systempolicy.managed', 'com.apple.TimeMachine', 'com.apple.Terminal', 'com.apple.mDNSResponder',
  'com.apple.SubmitDiagInfo', 'com.apple.security.libraryvalidation']);

/** Keys that only iPhones and iPads have. */
const mobileKeys = ['forceEncryptedBackup', 'allowHostPairing', 'allowEnterpriseAppTrust', 'allowUntrustedTLSPrompt', 'allowOpenFromManagedToUnmanaged', 'forceAirDropUnmanaged',
  'allowCloudBackup', 'allowFilesUSBDriveAccess', 'allowLockScreenControlCenter', 'allowLockScreenNotificationsView', 'allowAppInstallation', 'allowUIAppInstallation', 'allowSafari'];
const macKeys = ['minutesUntilFailedLoginReset', 'changeAtNextAuth'];

/** Reads a profile. What is signed, encrypted or binary is known as such and has no payloads. */
export function parseProfile(source: string): Profile {
  const sealed = sealOf(source);
  if (sealed !== undefined) return { ...parsePlist(''), text: source, sealed, payloads: [] };
  const file = parsePlist(source);
  const top = file.top?.kind === 'dict' ? file.top : undefined;
  if (top?.entries.has('EncryptedPayloadContent')) return { ...file, sealed: 'the profile is encrypted for its device: check the profile it was made from', payloads: [] };
  const payloads = top ? payloadsOf(top) : [];
  return { ...file, payloads, target: targetOf(top, payloads) };
}

function sealOf(source: string): string | undefined {
  const start = source.slice(0, 4096).replace(/^\ufeff/, '').trimStart();
  if (start.startsWith('bplist')) return 'the profile is in the binary notation: convert it to XML with plutil or plistutil to have it checked';
  if (start.startsWith('-----BEGIN') || start.charCodeAt(0) === 0x30 || /^[\u0080-\uffff\u0000-\u001f]/.test(start)) {
    return 'the profile is signed, and any change would break the signature: check the profile it was signed from';
  }
  return undefined;
}

function payloadsOf(top: Dictionary): readonly Payload[] {
  const content = top.entries.get('PayloadContent')?.value;
  const listed = content?.kind === 'array' ? content.values : [];
  const own = listed.flatMap((value) => (value.kind === 'dict' ? payload(value) : []));
  // A file that is one payload, without the profile around it, is what some tools take in.
  return own.length > 0 || listed.length > 0 ? own : payload(top);
}

function payload(settings: Dictionary): readonly Payload[] {
  const type = settings.entries.get('PayloadType')?.value;
  if (type === undefined || type.kind !== 'string' || type.text === 'Configuration') return [];
  const head = type.element.span;
  if (type.text !== 'com.apple.ManagedClient.preferences') return [{ type: type.text, settings, head }];
  // Managed preferences hold the payloads of other domains: PayloadContent > domain > Forced > [mcx_preference_settings].
  const domains = settings.entries.get('PayloadContent')?.value;
  if (domains?.kind !== 'dict') return [];
  return [...domains.entries.values()].flatMap(({ key, value }) => valuesAt(value, 'Forced').flatMap((forced) => {
    const inner = forced.kind === 'dict' ? forced.entries.get('mcx_preference_settings')?.value : undefined;
    return inner?.kind === 'dict' ? [{ type: key, settings: inner, head }] : [];
  }));
}

/** The elements of a list under a key. */
export function valuesAt(value: Value | undefined, key: string): readonly Value[] {
  const held = value?.kind === 'dict' ? value.entries.get(key)?.value : undefined;
  return held?.kind === 'array' ? held.values : [];
}

function targetOf(top: Dictionary | undefined, payloads: readonly Payload[]): 'mac' | 'mobile' | undefined {
  const declared = top?.entries.get('TargetDeviceType')?.value;
  if (declared?.kind === 'integer') {
    if (declared.text === '5') return 'mac';
    if (declared.text === '1') return 'mobile';
  }
  const has = (keys: readonly string[]) => payloads.some(({ settings }) => keys.some((key) => settings.entries.has(key)));
  if (top?.entries.has('PayloadScope') || payloads.some(({ type }) => ofMac.has(type)) || has(macKeys)) return 'mac';
  return has(mobileKeys) ? 'mobile' : undefined;
}

/** The payloads of the given types. */
export function payloadsNamed({ payloads }: Profile, ...types: readonly string[]): readonly Payload[] {
  return payloads.filter(({ type }) => types.includes(type));
}

/** `true` and `false`, which a property list writes as elements; whole numbers stand for them in some payloads. */
export const onOff = yesNo(['true', '1'], ['false', '0']);
const zeroOne = yesNo(['1', 'true'], ['0', 'false']);

/** A place in a payload; where the key is missing, its head is where one would look. */
export function place(file: Profile, { settings, head }: Payload, key: string, kind: Scalar['kind']): Slot {
  const found = slot(file, settings, key, kind);
  return settings.entries.has(key) ? { ...found, obscured: found.obscured ?? templated(found.raw) } : { ...found, span: head };
}

/** A hole that a management server fills in when it hands the profile out. */
function templated(raw: string | undefined): string | undefined {
  return raw !== undefined && /^\$|\{\{|^%\w+%$|^<%/.test(raw) ? 'the value is filled in when the profile is handed out' : undefined;
}

/** A switch with the default of the schema; without one it is read only where it is stated. */
export function flag(file: Profile, payload: Payload, key: string, otherwise?: boolean): Setting<boolean> | undefined {
  return read(place(file, payload, key, 'boolean'), onOff, otherwise === undefined ? undefined : { value: otherwise, source: schema(payload.type) });
}

/** A switch that its payload writes as 0 or 1. */
export function digit(file: Profile, payload: Payload, key: string, otherwise?: boolean): Setting<boolean> | undefined {
  return read(place(file, payload, key, 'integer'), zeroOne, otherwise === undefined ? undefined : { value: otherwise, source: schema('com.apple.vpn.managed') });
}

/** A number with what holds where it is missing; without that it is read only where it is stated. */
export function number(file: Profile, payload: Payload, key: string, otherwise?: number): Setting<number> | undefined {
  return read(place(file, payload, key, 'integer'), integer, otherwise === undefined ? undefined : { value: otherwise, source: schema(payload.type) });
}

/** A word, read only where it is stated. */
export function word(file: Profile, payload: Payload, key: string): Setting<string> | undefined {
  return read(place(file, payload, key, 'string'), text, undefined);
}

/** Reads a place; without a default nothing is said of what is missing. */
export function read<T>(at: Slot, codec: Codec<T>, absent: Absent<T> | undefined): Setting<T> | undefined {
  return absent ? setting(at, codec, absent) : stated(at, codec);
}

/** The text of a scalar, where it is known. */
export function textAt(settings: Dictionary, key: string): string | undefined {
  const value = settings.entries.get(key)?.value;
  return value && value.kind !== 'dict' && value.kind !== 'array' ? value.text : undefined;
}

/** A dictionary inside a payload, read as a payload of its own with the same head. */
export function inside({ type, settings, head }: Payload, key: string): Payload | undefined {
  const entry = settings.entries.get(key);
  return entry?.value.kind === 'dict' ? { type, settings: entry.value, head: { start: entry.span.start, end: entry.value.element.tag.end } } : head && undefined;
}

/**
 * Several payloads of one type hold at once, and on Apple devices the most restrictive value wins: the strictest of them is
 * the one in force. One that cannot be read leaves the whole open, since it could be stricter.
 */
export function strictest<T>(settings: readonly (Setting<T> | undefined)[], stricter: (a: T, b: T) => boolean): Setting<T> | undefined {
  let chosen: Setting<T> | undefined;
  for (const one of settings) {
    if (!one) continue;
    if (one.kind === 'undetermined') return one;
    if (!chosen || chosen.kind === 'undetermined' || stricter(one.value, chosen.value) || (chosen.kind === 'default' && one.kind === 'stated' && !stricter(chosen.value, one.value))) chosen = one;
  }
  return chosen;
}

/** What is left open of a profile that cannot be read. */
export function left(analysis: Analysis<Profile>): Setting<never> {
  return undetermined({ start: 0, end: Math.min(1, analysis.text.length) }, analysis.tree.sealed ?? 'the profile cannot be read');
}
