import type { ChannelEnds, ChannelFields } from '#concepts/channel.js';
import type { LoginFields } from '#concepts/login.js';
import type { MalwareFields } from '#concepts/malware.js';
import type { PortFields, PortKind } from '#concepts/port.js';
import { isStandIn, type SecretFields, type SecretUse } from '#concepts/secret.js';
import type { SoftwareFields } from '#concepts/software.js';
import type { StoreFields, StoreKind } from '#concepts/store.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, observe, translate, undetermined, type Setting } from '#engine/setting.js';
import { elements, nodeAt, type Json, type JSONPath } from '#notations/json.js';
import { at, flag, policies, raw, word, type Policy } from './reading.js';

type SoftwareFact = Fact & Fields<SoftwareFields>;

/** A word of the API as a switch: some words mean yes, others no, and one is written for no. */
function turned(setting: Setting<string> | undefined, yes: readonly string[], no: readonly string[], write: string): Setting<boolean> | undefined {
  if (!setting || setting.kind === 'undetermined') return setting;
  const value = yes.includes(setting.value) ? true : no.includes(setting.value) ? false : undefined;
  // Words that leave the choice to the API mean its default, and all of those are the safe ones.
  if (value === undefined) return /_UNSPECIFIED$/.test(setting.value) ? undefined : undetermined(setting.span, 'the word is not one the API describes');
  return { ...setting, value, write: (wanted) => (wanted ? [] : setting.write(write)) };
}

export function software(file: Json): readonly SoftwareFact[] {
  return policies(file).flatMap(({ path, span }): readonly SoftwareFact[] => {
    const label = 'The device';
    const untrusted = turned(word(file, [...path, 'advancedSecurityOverrides', 'untrustedAppsPolicy']), ['ALLOW_INSTALL_DEVICE_WIDE'], ['DISALLOW_INSTALL', 'ALLOW_INSTALL_IN_PERSONAL_PROFILE_ONLY'], 'DISALLOW_INSTALL');
    const developer = turned(word(file, [...path, 'advancedSecurityOverrides', 'developerSettings']), ['DEVELOPER_SETTINGS_ALLOWED'], ['DEVELOPER_SETTINGS_DISABLED'], 'DEVELOPER_SETTINGS_DISABLED')
      ?? flag(file, [...path, 'debuggingFeaturesAllowed']);
    const store = word(file, [...path, 'playStoreMode']);
    const listed = store && turned(store, ['WHITELIST'], ['BLACKLIST'], 'WHITELIST');
    const updates = word(file, [...path, 'appAutoUpdatePolicy']);
    const never = updates?.kind === 'stated' && updates.value === 'NEVER' && !elements(nodeAt(file, [...path, 'applications'])).some((app) =>
      app.children?.some((property) => property.children?.[0]?.value === 'autoUpdateMode'));
    return [
      ...(untrusted ? [{ label, span, unknownSources: untrusted }] : []),
      ...(developer ? [{ label, span, debug: developer }] : []),
      ...(listed ? [{ label, span, allowList: listed.kind === 'undetermined' ? listed : { ...listed, write: () => (store.kind === 'stated' ? store.write('WHITELIST') : []) } }] : []),
      ...(updates ? [{ label: 'The app store of the device', span, updated: observe(known(!never, updates.span), (v) => v) }] : []),
    ];
  });
}

/** Android 10 and later encrypt by themselves; what the policy asks for matters on older devices. */
export function stores(file: Json): readonly (Fact & StoreKind & Fields<StoreFields>)[] {
  return policies(file).flatMap(({ path, span }) => {
    const policy = word(file, [...path, 'encryptionPolicy']);
    if (!policy || policy.kind === 'undetermined') return [];
    const encrypted = /^ENABLED_WITH(?:OUT)?_PASSWORD$/.test(policy.value) ? known(true, policy.span)
      : undetermined(policy.span, 'devices with Android 10 or later encrypt by themselves, older ones only when the policy asks: check the oldest device');
    return [{ label: 'The device', span, kind: 'disk', encrypted }];
  });
}

/** Google Play Protect, which looks at apps before and after they are installed. */
export function malware(file: Json): readonly (Fact & Fields<MalwareFields>)[] {
  return policies(file).flatMap(({ path, span }) => {
    const choice = word(file, [...path, 'advancedSecurityOverrides', 'googlePlayProtectVerifyApps']);
    const scanner = choice ? turned(choice, ['VERIFY_APPS_ENFORCED'], ['VERIFY_APPS_USER_CHOICE'], '') : flag(file, [...path, 'ensureVerifyAppsEnabled']);
    if (!scanner) return [];
    const enforce = choice && choice.kind === 'stated' && scanner.kind !== 'undetermined' ? { ...scanner, write: (on: boolean) => (on ? choice.write('VERIFY_APPS_ENFORCED') : []) } : scanner;
    return [{ label: 'The device, unless its user wants it,', span, scanner: enforce }];
  });
}

export function ports(file: Json): readonly (Fact & PortKind & Fields<PortFields>)[] {
  return policies(file).flatMap(({ path, span }): readonly (Fact & PortKind & Fields<PortFields>)[] => {
    const access = word(file, [...path, 'deviceConnectivityManagement', 'usbDataAccess']);
    const disabled = flag(file, [...path, 'usbFileTransferDisabled']);
    const usb = access ? turned(access, ['ALLOW_USB_DATA_TRANSFER'], ['DISALLOW_USB_FILE_TRANSFER', 'DISALLOW_USB_DATA_TRANSFER'], 'DISALLOW_USB_FILE_TRANSFER')
      : disabled && translate(disabled, (off) => !off, (open) => !open);
    const media = flag(file, [...path, 'mountPhysicalMediaDisabled']);
    return [
      ...(usb ? [{ label: 'The USB port, for files,', span, kind: 'usb' as const, open: usb }] : []),
      ...(media ? [{ label: 'The slot for memory cards', span, kind: 'removable media' as const, open: translate(media, (off) => !off, (open) => !open) }] : []),
    ];
  });
}

interface Network {
  readonly path: JSONPath;
  readonly label: string;
}

/** The Wi-Fi networks of the Open Network Configuration inside a policy. */
function networks(file: Json, { path }: Policy): readonly Network[] {
  const list = [...path, 'openNetworkConfiguration', 'NetworkConfigurations'];
  return elements(nodeAt(file, list)).flatMap((_, i) => {
    const own = [...list, i, 'WiFi'];
    if (nodeAt(file, own)?.type !== 'object') return [];
    return [{ path: own, label: `The Wi-Fi network ${(raw(file, [...own, 'SSID']) ?? raw(file, [...list, i, 'Name']) ?? '').slice(0, 40)}`.trim() }];
  });
}

export function channels(file: Json): readonly (Fact & ChannelEnds & Fields<ChannelFields>)[] {
  return policies(file).flatMap((policy): readonly (Fact & ChannelEnds & Fields<ChannelFields>)[] => {
    const ends = { role: 'connects' as const, protocol: 'wi-fi', reach: known<'loopback' | 'network'>('network', policy.span) };
    const least = word(file, [...policy.path, 'deviceRadioState', 'minimumWifiSecurityLevel']);
    const found: (Fact & ChannelEnds & Fields<ChannelFields>)[] = [];
    if (least?.kind === 'stated' && /_NETWORK_SECURITY$/.test(least.value)) {
      found.push({ label: 'The weakest Wi-Fi network the device may join', span: least.span, ...ends,
        protection: translate<string, ChannelFields['protection']>(least, (level) => (level === 'OPEN_NETWORK_SECURITY' ? 'none' : 'encrypted'), () => 'PERSONAL_NETWORK_SECURITY') });
    }
    for (const { path, label } of networks(file, policy)) {
      const security = word(file, [...path, 'Security']);
      if (security?.kind !== 'stated') continue;
      const { span, value } = security;
      found.push({
        label, span, ...ends,
        // The access point decides what it speaks: changing the policy alone would cut the device off.
        protection: known<ChannelFields['protection']>(value === 'None' ? 'none' : 'encrypted', span),
        weakCiphers: known<readonly string[]>(value.startsWith('WEP') ? ['WEP'] : [], span),
        peerVerified: value.includes('EAP') || value.includes('8021X') ? trust(file, path) : undefined,
      });
    }
    return found;
  });
}

/** Whether the network must show a certificate of an authority the policy names, or of one Android knows. */
function trust(file: Json, path: JSONPath): Setting<boolean> | undefined {
  const eap = at(file, [...path, 'EAP']);
  const outer = raw(file, [...path, 'EAP', 'Outer']);
  if (!eap || outer === undefined || !/TLS|PEAP|FAST/.test(outer)) return undefined;
  const span = { start: eap.start, end: nodeAt(file, [...path, 'EAP'])!.offset + 1 };
  const named = elements(nodeAt(file, [...path, 'EAP', 'ServerCARefs'])).length > 0 || raw(file, [...path, 'EAP', 'ServerCARef']) !== undefined;
  return known(named || raw(file, [...path, 'EAP', 'UseSystemCAs']) === 'true', span);
}

/** LEAP and, without a check of the network, PAP give the password away. */
export function logins(file: Json): readonly (Fact & Fields<LoginFields>)[] {
  return policies(file).flatMap((policy) => networks(file, policy).flatMap(({ path, label }) => {
    const outer = raw(file, [...path, 'EAP', 'Outer']);
    const span = at(file, [...path, 'EAP', 'Outer']);
    if (outer === undefined || !span) return [];
    const trusted = trust(file, path);
    const plain = raw(file, [...path, 'EAP', 'Inner']) === 'PAP' && trusted?.kind === 'stated' && !trusted.value;
    return [{ label, span, method: known<LoginFields['method']>(outer === 'LEAP' || plain ? 'weak' : 'strong', span) }];
  }));
}

export function secrets(file: Json): readonly (Fact & SecretUse & Fields<SecretFields>)[] {
  return policies(file).flatMap((policy) => networks(file, policy).flatMap(({ path }) => {
    const keys: readonly (readonly [JSONPath, string])[] = [[[...path, 'Passphrase'], 'the password of the Wi-Fi network'], [[...path, 'EAP', 'Password'], 'the password of the Wi-Fi sign-in']];
    return keys.flatMap(([key, what]) => {
      const said = raw(file, key);
      const span = at(file, key);
      return said === undefined || !span || isStandIn(said) ? [] : [{ label: 'This policy', span, what, kept: known<SecretFields['kept']>('clear', span) }];
    });
  }));
}

