import type { ChannelEnds, ChannelFields, TlsVersion } from '#concepts/channel.js';
import type { LoginFields } from '#concepts/login.js';
import { oneOf } from '#engine/codec.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, setting, translate, type Setting } from '#engine/setting.js';
import { flag, inside, payloadsNamed, place, schema, textAt, valuesAt, type Payload, type Profile } from './payloads.js';

type Protection = ChannelFields['protection'];
type ChannelFact = Fact & ChannelEnds & Fields<ChannelFields>;

const encryptionTypes = oneOf('WPA2', 'WPA3', 'WPA', 'WEP', 'Any', 'None');
const tlsVersions = oneOf('1.0', '1.1', '1.2', '1.3');

const needsAccessPoint = 'The access point must offer WPA2 or WPA3 first, and devices before iOS 16 or macOS 13 may need to join again.';

/** Every network and account the profile sets up. */
export function channels(file: Profile): readonly ChannelFact[] {
  return [...wifi(file), ...mail(file)];
}

function networks(file: Profile): readonly { payload: Payload; name: string; eap: Payload | undefined; methods: readonly string[] }[] {
  return payloadsNamed(file, 'com.apple.wifi.managed').map((payload) => {
    const eap = inside(payload, 'EAPClientConfiguration');
    const methods = eap ? valuesAt(eap.settings, 'AcceptEAPTypes').flatMap((value) => (value.kind === 'integer' ? [value.text] : [])) : [];
    const ssid = textAt(payload.settings, 'SSID_STR');
    return { payload, name: ssid === undefined ? 'The Wi-Fi network' : `The Wi-Fi network ${ssid.slice(0, 40)}`, eap, methods };
  });
}

/** EAP methods that open a TLS session: EAP-TLS, TTLS, PEAP, FAST. */
const overTls: ReadonlySet<string> = new Set(['13', '21', '25', '43']);

function wifi(file: Profile): readonly ChannelFact[] {
  return networks(file).flatMap(({ payload, name, eap, methods }): readonly ChannelFact[] => {
    const ends = { role: 'connects' as const, protocol: 'wi-fi', reach: known<'loopback' | 'network'>('network', payload.head) };
    const type = setting(place(file, payload, 'EncryptionType', 'string'), encryptionTypes, { value: 'Any' as const, source: schema('com.apple.wifi.managed') });
    const join: ChannelFact = {
      label: name,
      span: payload.head,
      ...ends,
      protection: careful(translate(type, (word): Protection => (word === 'None' ? 'none' : 'encrypted'), () => 'WPA2' as const)),
      // `Any` joins WEP and WPA networks, `WPA` joins WPA networks: what the profile accepts is what a forged access point offers.
      weakCiphers: careful(translate(type, (word): readonly string[] => (word === 'Any' ? ['WEP', 'WPA'] : word === 'WEP' || word === 'WPA' ? [word] : []), () => 'WPA2' as const)),
    };
    if (!eap || !methods.some((method) => overTls.has(method))) return [join];
    const version = setting(place(file, eap, 'TLSMinimumVersion', 'string'), tlsVersions, { value: '1.0' as const, source: schema('com.apple.wifi.managed') });
    return [join, {
      label: `The sign-in to ${name.replace(/^The /, 'the ')}`,
      span: eap.head,
      ...ends,
      leastVersion: translate(version, (v): TlsVersion => v, (v) => (v === '1.3' ? '1.3' : '1.2')),
      peerVerified: trust(file, eap),
    }];
  });
}

function careful<T>(from: Setting<T>): Setting<T> {
  return from.kind === 'undetermined' ? from : { ...from, caution: needsAccessPoint };
}

/**
 * Naming an authority or server names ends the question whether to trust a certificate, unless TLSAllowTrustExceptions brings
 * it back; without them everybody decides alone, and a forged access point is one tap away.
 */
function trust(file: Profile, eap: Payload): Setting<boolean> {
  const named = ['PayloadCertificateAnchorUUID', 'TLSTrustedServerNames', 'TLSTrustedCertificates'].find((key) => valuesAt(eap.settings, key).length > 0);
  const exceptions = flag(file, eap, 'TLSAllowTrustExceptions');
  if (named === undefined) return known(false, eap.head);
  if (exceptions) return translate(exceptions, (allowed) => !allowed, (verified) => !verified);
  return known(true, eap.settings.entries.get(named)!.span);
}

/** LEAP gives the password away to a listener; TTLS with PAP gives it to whoever poses as the network. */
export function networkLogins(file: Profile): readonly (Fact & Fields<LoginFields>)[] {
  return networks(file).flatMap(({ name, eap, methods }) => {
    if (!eap || methods.length === 0) return [];
    const span = eap.settings.entries.get('AcceptEAPTypes')!.span;
    const trusted = trust(file, eap);
    const plain = methods.includes('21') && textAt(eap.settings, 'TTLSInnerAuthentication') === 'PAP' && trusted.kind === 'stated' && !trusted.value;
    return [{ label: name, span, method: known<LoginFields['method']>(methods.includes('17') || plain ? 'weak' : 'strong', span) }];
  });
}

/** Accounts with the key that makes them speak TLS; the schema's default is off where one is given here. */
const accounts: readonly (readonly [type: string, key: string, label: string, protocol: string, otherwise: boolean | undefined])[] = [
  ['com.apple.mail.managed', 'IncomingMailServerUseSSL', 'Incoming mail', 'mail', false],
  ['com.apple.mail.managed', 'OutgoingMailServerUseSSL', 'Outgoing mail', 'smtp', false],
  ['com.apple.eas.account', 'SSL', 'The Exchange account', 'activesync', false],
  ['com.apple.caldav.account', 'CalDAVUseSSL', 'The calendar account', 'caldav', undefined],
  ['com.apple.carddav.account', 'CardDAVUseSSL', 'The contacts account', 'carddav', undefined],
  ['com.apple.ldap.account', 'LDAPAccountUseSSL', 'The directory account', 'ldap', undefined],
];

function mail(file: Profile): readonly ChannelFact[] {
  return accounts.flatMap(([type, key, label, protocol, otherwise]) => payloadsNamed(file, type).flatMap((payload): readonly ChannelFact[] => {
    const tls = flag(file, payload, key, otherwise);
    return tls ? [{
      label,
      span: payload.head,
      role: 'connects',
      protocol,
      reach: known<'loopback' | 'network'>('network', payload.head),
      protection: translate(tls, (on): Protection => (on ? 'encrypted' : 'none'), (wanted) => wanted === 'encrypted'),
    }] : [];
  }));
}
