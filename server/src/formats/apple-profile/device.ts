import type { BackupFields } from '#concepts/backup.js';
import type { FirewallFields } from '#concepts/firewall.js';
import type { LoginFields } from '#concepts/login.js';
import type { MalwareFields } from '#concepts/malware.js';
import type { PortFields, PortKind } from '#concepts/port.js';
import { isStandIn, type SecretFields, type SecretUse } from '#concepts/secret.js';
import type { SoftwareFields } from '#concepts/software.js';
import type { StoreFields, StoreKind } from '#concepts/store.js';
import type { Analysis } from '#engine/analysis.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, observe, translate, undetermined, type Setting } from '#engine/setting.js';
import { statedBy, statedIn, unread } from '#engine/shared.js';
import type { Dictionary, Value } from '#notations/plist.js';
import { flag, payloadsNamed, place, strictest, textAt, type Profile } from './payloads.js';

export const restrictions = 'com.apple.applicationaccess';

const off = (a: boolean, b: boolean) => !a && b;
const on = (a: boolean, b: boolean) => a && !b;

/**
 * A restriction in force over all payloads of restrictions. What is left out is judged only where the key is one of iPhones and
 * iPads and the profile is for them: a profile for Macs, or for anything, need not state it.
 */
export function restriction(analysis: Analysis<Profile>, key: string, otherwise: boolean, absence: 'judged' | 'ignored' = 'judged'): Setting<boolean> | undefined {
  const file = analysis.tree;
  const judged = absence === 'judged' && file.target === 'mobile';
  const found = strictest(payloadsNamed(file, restrictions).map((payload) => flag(file, payload, key, judged ? otherwise : undefined)), otherwise ? off : on);
  if (found?.kind !== 'default') return found;
  const because = elsewhere(analysis, key);
  return because === undefined ? found : undetermined(found.span, because);
}

/** Why a restriction this profile leaves out may hold all the same: a device has many profiles, and those of one folder belong together. */
function elsewhere(analysis: Analysis<Profile>, key: string): string | undefined {
  const { path, surroundings } = analysis;
  const others = surroundings.shared(keys, `${path.slice(0, path.lastIndexOf('/') + 1)}*.mobileconfig`);
  const stating = statedBy(others, key, analysis);
  if (stating !== undefined) return `${stating} states ${key}`;
  const pending = unread(others, 'another profile of its folder');
  return pending === undefined ? undefined : `${pending} may state ${key}`;
}

const keys = statedIn('keys of profiles', (text) => new Set(Array.from(text.matchAll(/<key>([^<]{1,200})<\/key>/g), ([, key]) => key!)));

const head = (file: Profile, ...types: readonly string[]) => payloadsNamed(file, ...types)[0]!.head;

/** The disk of a Mac. Switching it on needs a keeper for the recovery key first, so that nothing is written. */
export function stores(file: Profile): readonly (Fact & StoreKind & Fields<StoreFields>)[] {
  return payloadsNamed(file, 'com.apple.MCX.FileVault2').flatMap((payload) => {
    const at = place(file, payload, 'Enable', 'string');
    return at.raw === 'On' || at.raw === 'Off' ? [{ label: 'The Mac', span: payload.head, kind: 'disk', encrypted: known(at.raw === 'On', at.span) }] : [];
  });
}

export function backups(analysis: Analysis<Profile>): readonly (Fact & Fields<BackupFields>)[] {
  const file = analysis.tree;
  const forced = restriction(analysis, 'forceEncryptedBackup', false);
  return forced ? [{ label: 'The device', span: head(file, restrictions), encrypted: forced }] : [];
}

export function software(analysis: Analysis<Profile>): readonly (Fact & Fields<SoftwareFields>)[] {
  const file = analysis.tree;
  const found: (Fact & Fields<SoftwareFields>)[] = [];
  const trusted = restriction(analysis, 'allowEnterpriseAppTrust', true);
  if (trusted) found.push({ label: 'The device', span: head(file, restrictions), unknownSources: trusted });
  const responses = restriction(analysis, 'allowRapidSecurityResponseInstallation', true, 'ignored');
  // Nobody but its maker knows whether a device may be updated by itself, so that updates are judged and never switched on.
  if (responses) found.push({ label: 'The device', span: head(file, restrictions), updated: observe(responses, (allowed) => allowed) });
  for (const payload of payloadsNamed(file, 'com.apple.SoftwareUpdate')) {
    const critical = flag(file, payload, 'CriticalUpdateInstall') ?? flag(file, payload, 'AutomaticCheckEnabled');
    if (critical) found.push({ label: 'The Mac', span: payload.head, updated: observe(critical, (installs) => installs) });
  }
  const gate = strictest(payloadsNamed(file, 'com.apple.systempolicy.control').map((payload) => flag(file, payload, 'EnableAssessment')), on);
  if (gate) found.push({ label: 'The Mac', span: head(file, 'com.apple.systempolicy.control'), signed: gate });
  const listed = payloadsNamed(file, restrictions).flatMap(({ settings }) => ['allowListedAppBundleIDs', 'whitelistedAppBundleIDs'].flatMap((key) => settings.entries.get(key) ?? []))[0];
  if (listed) found.push({ label: 'The device', span: listed.span, allowList: known(true, listed.span) });
  return found;
}

/** The lists of malicious software that macOS knows come with its configuration data. */
export function malware(file: Profile): readonly (Fact & Fields<MalwareFields>)[] {
  return payloadsNamed(file, 'com.apple.SoftwareUpdate').flatMap((payload) => {
    const data = flag(file, payload, 'ConfigDataInstall');
    return data ? [{ label: 'The malware protection of the Mac', span: payload.head, signaturesUpdated: observe(data, (installs) => installs) }] : [];
  });
}

export function firewalls(file: Profile): readonly (Fact & Fields<FirewallFields>)[] {
  const enabled = strictest(payloadsNamed(file, 'com.apple.security.firewall').map((payload) => flag(file, payload, 'EnableFirewall')), on);
  return enabled ? [{ label: 'The firewall of the Mac', span: head(file, 'com.apple.security.firewall'), enabled }] : [];
}

const ports: readonly (readonly [key: string, label: string, kind: PortKind['kind'], absence: 'judged' | 'ignored', openWhen: boolean])[] = [
  ['allowHostPairing', 'Pairing with any computer over USB', 'usb', 'judged', true],
  ['allowUSBRestrictedMode', 'The USB port of a locked device', 'usb', 'ignored', false],
  ['allowFilesUSBDriveAccess', 'Access to USB drives', 'removable media', 'ignored', true],
];

export function portsOf(analysis: Analysis<Profile>): readonly (Fact & PortKind & Fields<PortFields>)[] {
  return ports.flatMap(([key, label, kind, absence, openWhen]) => {
    const allowed = restriction(analysis, key, true, absence);
    if (!allowed) return [];
    const open = allowed.kind === 'undetermined' ? allowed : { ...allowed, value: allowed.value === openWhen, write: (wanted: boolean) => allowed.write(wanted === openWhen) };
    return [{ label, span: head(analysis.tree, restrictions), kind, open }];
  });
}

/** Ways to sign in to a Mac without saying who one is. */
export function macLogins(file: Profile): readonly (Fact & Fields<LoginFields>)[] {
  const guests = payloadsNamed(file, 'com.apple.MCX').flatMap((payload) => {
    const guest = flag(file, payload, 'EnableGuestAccount');
    const refused = flag(file, payload, 'DisableGuestAccount');
    const anonymous = guest ?? (refused && translate(refused, (so) => !so, (open) => !open));
    return anonymous ? [{ label: 'The guest account of the Mac', span: payload.head, anonymous }] : [];
  });
  const automatic = payloadsNamed(file, 'com.apple.loginwindow').flatMap(({ settings }) => {
    const user = settings.entries.get('AutologinUsername');
    return user ? [{ label: 'The login window of the Mac', span: user.span, method: known<LoginFields['method']>('none', user.span) }] : [];
  });
  return [...guests, ...automatic];
}

/** Keys that hold a credential, in whatever dictionary of a payload they stand. */
const credentials: Readonly<Record<string, string>> = {
  Password: 'a password', UserPassword: 'the password of the network sign-in', AuthPassword: 'the password of the VPN', XAuthPassword: 'the password of the VPN',
  SharedSecret: 'the shared secret of the VPN', IncomingPassword: 'the password of the mailbox', OutgoingPassword: 'the password of the mailbox', CertificatePassword: 'the password of the identity',
  CalDAVPassword: 'the password of the calendar', CardDAVPassword: 'the password of the contacts', LDAPAccountPassword: 'the password of the directory', AutologinPassword: 'the password of the user',
  RemovalPassword: 'the password that removes the profile', PPK: 'the pre-shared key of the VPN', ProxyPassword: 'the password of the proxy',
};

export function secrets(file: Profile): readonly (Fact & SecretUse & Fields<SecretFields>)[] {
  return file.payloads.flatMap(({ type, settings }) => [...dictionaries(settings)].flatMap((dictionary) => Object.entries(credentials).flatMap(([key, what]) => {
    const entry = dictionary.entries.get(key);
    const said = textAt(dictionary, key);
    if (!entry || said === undefined || said.length < 3 || isStandIn(said)) return [];
    const use = key !== 'Password' ? what : type === 'com.apple.wifi.managed' ? 'the password of the Wi-Fi network' : type.startsWith('com.apple.security.pkcs12') ? 'the password of the identity' : what;
    return [{ label: 'This profile', span: entry.span, what: use, kept: known<SecretFields['kept']>('clear', entry.span) }];
  })));
}

function* dictionaries(top: Dictionary): Generator<Dictionary> {
  const open: Value[] = [top];
  for (let value = open.pop(); value; value = open.pop()) {
    if (value.kind === 'dict') {
      yield value;
      for (const entry of value.entries.values()) open.push(entry.value);
    } else if (value.kind === 'array') for (const element of value.values) open.push(element);
  }
}
