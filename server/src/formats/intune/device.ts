import type { BackupFields } from '#concepts/backup.js';
import type { ChannelEnds, ChannelFields } from '#concepts/channel.js';
import type { FirewallFields } from '#concepts/firewall.js';
import type { LoginFields } from '#concepts/login.js';
import type { MalwareFields } from '#concepts/malware.js';
import type { PortFields, PortKind } from '#concepts/port.js';
import { isStandIn, type SecretFields, type SecretUse } from '#concepts/secret.js';
import type { SoftwareFields } from '#concepts/software.js';
import type { StoreFields, StoreKind } from '#concepts/store.js';
import type { Analysis } from '#engine/analysis.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, observe, type Setting } from '#engine/setting.js';
import { nodeAt, placeOf, slot, type Json } from '#notations/json.js';
import { choice, chosen } from './catalog.js';
import { allowed, firstOf, flag, resources, word, type Resource } from './resources.js';

type Asked = Analysis<Json>;

/** Who a finding speaks of: a compliance policy does not change devices, it decides which of them are accepted. */
export const deviceOf = ({ compliance }: Resource) => (compliance ? 'A device this policy accepts' : 'The device');

/** Facts of every policy of the file: those of the settings catalog are read by definition, the others by name. */
function each<F>(analysis: Asked, named: (resource: Resource) => readonly F[], catalog: (settings: ReturnType<typeof chosen>, resource: Resource) => readonly F[] = () => []): readonly F[] {
  return resources(analysis.tree).flatMap((resource) => (resource.type === 'settings catalog' ? catalog(chosen(analysis, resource), resource) : named(resource)));
}

const policyOf = (id: string) => `device_vendor_msft_policy_config_${id}`;

/** Either of two names asks for the encryption of the disk. */
export function stores(analysis: Asked): readonly (Fact & StoreKind & Fields<StoreFields>)[] {
  const keys = ['bitLockerEnabled', 'storageRequireEncryption', 'storageRequireDeviceEncryption', 'bitLockerEncryptDevice'];
  return each(analysis, (resource) => {
    const one = keys.find((key) => nodeAt(analysis.tree, [...resource.path, key])?.value === true);
    const encrypted = one === undefined ? firstOf(keys, (key) => flag(analysis, resource, key)) : flag(analysis, resource, one);
    return encrypted ? [{ label: deviceOf(resource), span: resource.head, kind: 'disk', encrypted }] : [];
  }, (settings, { head }) => {
    const encrypted = choice(settings, 'device_vendor_msft_bitlocker_requiredeviceencryption', '1', '0');
    return encrypted ? [{ label: 'The device', span: head, kind: 'disk', encrypted }] : [];
  });
}

export function backups(analysis: Asked): readonly (Fact & Fields<BackupFields>)[] {
  return each(analysis, (resource) => {
    const encrypted = flag(analysis, resource, 'iCloudRequireEncryptedBackup');
    return encrypted ? [{ label: deviceOf(resource), span: resource.head, encrypted }] : [];
  });
}

export function software(analysis: Asked): readonly (Fact & Fields<SoftwareFields>)[] {
  type F = Fact & Fields<SoftwareFields>;
  return each<F>(analysis, (resource) => {
    const base = { label: deviceOf(resource), span: resource.head };
    const found: F[] = [];
    const sources = firstOf(['securityPreventInstallAppsFromUnknownSources', 'enterpriseAppBlockTrust'], (key) => allowed(analysis, resource, key)) ?? state(analysis, resource, 'appsAllowTrustedAppsSideloading');
    if (sources) found.push({ ...base, unknownSources: sources });
    for (const key of ['secureBootEnabled', 'codeIntegrityEnabled', 'systemIntegrityProtectionEnabled']) {
      const signed = flag(analysis, resource, key);
      if (signed) found.push({ ...base, signed });
    }
    const debug = allowed(analysis, resource, 'securityDisableUsbDebugging') ?? state(analysis, resource, 'developerUnlockSetting');
    if (debug) found.push({ ...base, debug });
    const control = word(analysis, resource, 'appLockerApplicationControl');
    if (control && control.value !== 'notConfigured') {
      found.push({ ...base, allowList: known(control.value.startsWith('enforce'), control.span, (on) => (on ? control.write(control.value.replace(/^audit/, 'enforce')) : [])) });
    }
    // A paused update is a decision of somebody; it is shown and never taken back here.
    const paused = flag(analysis, resource, 'qualityUpdatesPaused');
    if (paused) found.push({ ...base, updated: observe(paused, (on) => !on) });
    return found;
  }, (settings, { head }) => {
    const debug = choice(settings, policyOf('applicationmanagement_allowdeveloperunlock'), '1', '0');
    const sources = choice(settings, policyOf('applicationmanagement_allowalltrustedapps'), '1', '0');
    return [...(debug ? [{ label: 'The device', span: head, debug }] : []), ...(sources ? [{ label: 'The device', span: head, unknownSources: sources }] : [])];
  });
}

/** A setting of three states; `notConfigured` leaves the choice to others. */
function state(analysis: Asked, resource: Resource, key: string): Setting<boolean> | undefined {
  const said = word(analysis, resource, key);
  return said && (said.value === 'allowed' || said.value === 'blocked') ? known(said.value === 'allowed', said.span, (on) => said.write(on ? 'allowed' : 'blocked')) : undefined;
}

export function malware(analysis: Asked): readonly (Fact & Fields<MalwareFields>)[] {
  return each<Fact & Fields<MalwareFields>>(analysis, (resource) => {
    const base = { label: deviceOf(resource), span: resource.head };
    const others = ['antivirusRequired', 'antiSpywareRequired'].find((key) => nodeAt(analysis.tree, [...resource.path, key])?.value === true);
    const scanner = others ? flag(analysis, resource, others)
      : firstOf(['defenderEnabled', 'antivirusRequired', 'securityRequireVerifyApps'], (key) => flag(analysis, resource, key));
    const real = firstOf(['rtpEnabled', 'defenderRequireRealTimeMonitoring'], (key) => flag(analysis, resource, key));
    const fresh = flag(analysis, resource, 'signatureOutOfDate');
    // Any scanner that Windows Security knows will do then, and one that is off or out of date is not accepted.
    const [onAccess, current] = [real, fresh].map((said) => (others && said?.kind === 'stated' && !said.value ? undefined : said));
    return scanner ?? onAccess ?? current ? [{ ...base, scanner, onAccess, signaturesUpdated: current && observe(current, (on) => on) }] : [];
  }, (settings, { head }) => {
    const onAccess = choice(settings, policyOf('defender_allowrealtimemonitoring'), '1', '0');
    return onAccess ? [{ label: 'The device', span: head, onAccess }] : [];
  });
}

export function firewalls(analysis: Asked): readonly (Fact & Fields<FirewallFields>)[] {
  type F = Fact & Fields<FirewallFields>;
  return each<F>(analysis, (resource) => {
    const asked = firstOf(['activeFirewallRequired', 'firewallEnabled'], (key) => flag(analysis, resource, key));
    const profiles = (['Domain', 'Private', 'Public'] as const).flatMap((name): readonly F[] => {
      const at = [...resource.path, `firewallProfile${name}`, 'firewallEnabled'];
      const node = nodeAt(analysis.tree, at);
      if (node?.value !== 'allowed' && node?.value !== 'blocked') return [];
      const span = placeOf(node);
      return [{ label: `The firewall in ${name.toLowerCase()} networks`, span, enabled: known(node.value === 'allowed', span, (on) => slot(analysis.tree, at, 'string').write(on ? 'allowed' : 'blocked')) }];
    });
    return [...(asked ? [{ label: resource.compliance ? 'The firewall of a device this policy accepts' : 'The firewall of the device', span: resource.head, enabled: asked }] : []), ...profiles];
  }, (settings) => ['domain', 'private', 'public'].flatMap((name) => {
    const id = `vendor_msft_firewall_mdmstore_${name}profile_enablefirewall`;
    const enabled = choice(settings, id, 'true', 'false');
    return enabled ? [{ label: `The firewall in ${name} networks`, span: settings.get(id)!.span, enabled }] : [];
  }).concat(firewallOfMac(settings)));
}

function firewallOfMac(settings: ReturnType<typeof chosen>) {
  const id = 'com.apple.security.firewall_enablefirewall';
  const enabled = choice(settings, id, 'true', 'false');
  return enabled ? [{ label: 'The firewall of the Mac', span: settings.get(id)!.span, enabled }] : [];
}

const blocks: readonly (readonly [key: string, label: string, kind: PortKind['kind']])[] = [
  ['storageBlockRemovableStorage', 'The slot for memory cards and USB drives', 'removable media'],
  ['usbBlocked', 'The USB port', 'usb'],
  ['hostPairingBlocked', 'Pairing with any computer over USB', 'usb'],
];

export function ports(analysis: Asked): readonly (Fact & PortKind & Fields<PortFields>)[] {
  return each(analysis, (resource) => blocks.flatMap(([key, label, kind]) => {
    const open = allowed(analysis, resource, key);
    return open ? [{ label, span: resource.head, kind, open }] : [];
  }), (settings, { head }) => {
    const denied = choice(settings, policyOf('storage_removablediskdenywriteaccess'), '0', '1');
    return denied ? [{ label: 'Writing to USB drives', span: head, kind: 'removable media', open: denied }] : [];
  });
}

/** The name Graph gives the security of a Wi-Fi network differs between platforms in one capital letter. */
const wifiSecurity = (analysis: Asked, resource: Resource) => word(analysis, resource, 'wiFiSecurityType') ?? word(analysis, resource, 'wifiSecurityType');

const networkOf = (analysis: Asked, resource: Resource) => {
  const name = word(analysis, resource, 'ssid') ?? word(analysis, resource, 'networkName');
  return name ? `The Wi-Fi network ${name.value.slice(0, 40)}` : 'The Wi-Fi network';
};

export function channels(analysis: Asked): readonly (Fact & ChannelEnds & Fields<ChannelFields>)[] {
  return each(analysis, (resource): readonly (Fact & ChannelEnds & Fields<ChannelFields>)[] => {
    const security = /WiFiConfiguration$|WifiConfiguration$/.test(resource.type) ? wifiSecurity(analysis, resource) : undefined;
    if (!security) return [];
    return [{
      label: networkOf(analysis, resource),
      span: security.span,
      role: 'connects',
      protocol: 'wi-fi',
      reach: known<'loopback' | 'network'>('network', security.span),
      // The access point decides what it speaks: changing the policy alone would cut the devices off.
      protection: known<ChannelFields['protection']>(security.value === 'open' ? 'none' : 'encrypted', security.span),
      weakCiphers: known<readonly string[]>(security.value === 'wep' ? ['WEP'] : [], security.span),
    }];
  });
}

/** LEAP gives the password away to a listener. */
export function logins(analysis: Asked): readonly (Fact & Fields<LoginFields>)[] {
  return each(analysis, (resource) => {
    const method = word(analysis, resource, 'eapType');
    if (!method) return [];
    return [{ label: networkOf(analysis, resource), span: method.span, method: known<LoginFields['method']>(method.value === 'leap' ? 'weak' : 'strong', method.span) }];
  });
}

export function secrets(analysis: Asked): readonly (Fact & SecretUse & Fields<SecretFields>)[] {
  return each(analysis, (resource) => [['preSharedKey', 'the password of the Wi-Fi network'], ['passwordFormatString', 'the password of the Wi-Fi sign-in']].flatMap(([key, what]) => {
    const said = word(analysis, resource, key!);
    return !said || said.value.length < 3 || isStandIn(said.value) ? [] : [{ label: 'This policy', span: said.span, what: what!, kept: known<SecretFields['kept']>('clear', said.span) }];
  }));
}

