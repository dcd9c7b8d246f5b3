import { connectionUrl } from '#concepts/connection-url.js';
import { atLeast, type ChannelEnds, type ChannelFields, type TlsVersion } from '#concepts/channel.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, translate, undetermined, type Setting } from '#engine/setting.js';
import { isOn, slot, type Kconfig, type Option } from '#notations/kconfig.js';
import { choose, isWhole, option, spanOf, stateOf } from './reading.js';

type ChannelFact = Fact & ChannelEnds & Fields<ChannelFields>;
type Protection = ChannelFields['protection'];

/** Every way data may leave or enter the device that the file says something about. */
export function channels(file: Kconfig): readonly ChannelFact[] {
  return [...tls(file), ...updates(file), ...mqtt(file), ...bluetooth(file), ...byName(file)];
}

const versions: readonly (readonly [option: string, version: TlsVersion])[] = [
  ['CONFIG_MBEDTLS_SSL_PROTO_SSL3', 'SSLv3'],
  ['CONFIG_MBEDTLS_SSL_PROTO_TLS1', '1.0'],
  ['CONFIG_MBEDTLS_SSL_PROTO_TLS1_1', '1.1'],
  ['CONFIG_MBEDTLS_SSL_PROTO_TLS1_2', '1.2'],
  ['CONFIG_MBEDTLS_SSL_PROTO_TLS1_3', '1.3'],
];

function tls(file: Kconfig): readonly ChannelFact[] {
  const least = versions.find(([name]) => isOn(file, name));
  // In a fragment a newer version says nothing of older ones that are on by default.
  const leastVersion = least && (isWhole(file) || !atLeast(least[1], '1.2'))
    ? known<TlsVersion>(least[1], spanOf(file, least[0]), (wanted) => {
      const from = versions.findIndex(([, version]) => version === wanted);
      return versions.flatMap(([name], i) => {
        const on = isOn(file, name) ?? false;
        return i < from && on ? slot(file, name, 'bool').write('n') : i === from && !on ? slot(file, name, 'bool').write('y') : [];
      });
    })
    : undefined;
  const rc4 = isOn(file, 'CONFIG_MBEDTLS_RC4_ENABLED');
  const weakCiphers = rc4 === undefined ? undefined : known<readonly string[]>(
    rc4 ? ['RC4'] : [],
    spanOf(file, 'CONFIG_MBEDTLS_RC4_ENABLED'),
    () => (rc4 ? choose(file, 'CONFIG_MBEDTLS_RC4_ENABLED', 'CONFIG_MBEDTLS_RC4_DISABLED') : []),
  );
  const peerVerified = certificates(file);
  const span = peerVerified?.span ?? leastVersion?.span ?? weakCiphers?.span;
  return span ? [{ label: 'The TLS library of the device', span, role: 'connects', protocol: 'tls', leastVersion, weakCiphers, peerVerified }] : [];
}

/** ESP-IDF, components/esp-tls/Kconfig: the check can be skipped only while insecure options are allowed. */
function certificates(file: Kconfig): Setting<boolean> | undefined {
  const skip = option(file, 'CONFIG_ESP_TLS_SKIP_SERVER_CERT_VERIFY');
  if (!skip || skip.kind === 'undetermined') return skip;
  const allowed = isOn(file, 'CONFIG_ESP_TLS_INSECURE');
  if (skip.value && allowed === undefined) return undetermined(skip.span, 'it has effect only with CONFIG_ESP_TLS_INSECURE=y, which this file does not state');
  return translate(skip, (on) => !(on && allowed), (verified) => !verified);
}

/** Firmware over the air: HTTP allowed, and the name of the server not compared with its certificate. */
function updates(file: Kconfig): readonly ChannelFact[] {
  const clear = stateOf(file, 'CONFIG_ESP_HTTPS_OTA_ALLOW_HTTP', 'CONFIG_OTA_ALLOW_HTTP');
  const facts: ChannelFact[] = [];
  if (clear) facts.push({
    label: 'The firmware update over the air',
    span: clear.span,
    role: 'connects',
    protocol: 'http',
    protection: translate(clear, (on): Protection => (on ? 'none' : 'encrypted'), (wanted) => wanted !== 'encrypted'),
  });
  for (const name of ['CONFIG_EXAMPLE_SKIP_COMMON_NAME_CHECK', 'CONFIG_SKIP_COMMON_NAME_CHECK']) {
    const skip = option(file, name);
    if (skip) facts.push({
      label: 'The firmware update over the air',
      span: skip.span,
      role: 'connects',
      protocol: 'https',
      peerVerified: translate(skip, (on) => !on, (verified) => !verified),
    });
  }
  return facts;
}

function mqtt(file: Kconfig): readonly ChannelFact[] {
  const able = option(file, 'CONFIG_MQTT_TRANSPORT_SSL');
  return able ? [{
    label: 'The MQTT client',
    span: able.span,
    role: 'connects',
    protocol: 'mqtt',
    protection: translate(able, (on): Protection => (on ? 'encrypted' : 'none'), (wanted) => wanted === 'encrypted'),
  }] : [];
}

/** NimBLE and Bluedroid: whether the link is encrypted after pairing, and which way of pairing is good enough. */
function bluetooth(file: Kconfig): readonly ChannelFact[] {
  const ends = { role: 'listens', protocol: 'bluetooth' } as const;
  const facts: ChannelFact[] = [];
  const nimble = option(file, 'CONFIG_BT_NIMBLE_SECURITY_ENABLE');
  const legacy = isOn(file, 'CONFIG_BT_NIMBLE_SM_LEGACY');
  const level = pairingLevel(file);
  const span = nimble?.span ?? (legacy === undefined ? level?.span : spanOf(file, 'CONFIG_BT_NIMBLE_SM_LEGACY'));
  if (span && isOn(file, 'CONFIG_BT_NIMBLE_ENABLED') !== false) {
    facts.push({
      label: 'The Bluetooth link',
      span,
      ...ends,
      protection: nimble && translate(nimble, (on): Protection => (on ? 'encrypted' : 'none'), (wanted) => wanted === 'encrypted'),
      weakCiphers: legacy === undefined ? undefined : known<readonly string[]>(legacy ? ['LE legacy pairing'] : [], spanOf(file, 'CONFIG_BT_NIMBLE_SM_LEGACY'), () => [
        ...slot(file, 'CONFIG_BT_NIMBLE_SM_LEGACY', 'bool').write('n'),
        ...(isOn(file, 'CONFIG_BT_NIMBLE_SM_SC') === false ? slot(file, 'CONFIG_BT_NIMBLE_SM_SC', 'bool').write('y') : []),
      ]),
      peerVerified: level,
    });
  }
  const bluedroid = stateOf(file, 'CONFIG_BT_BLE_SMP_ENABLE', 'CONFIG_BT_SMP_ENABLE', 'CONFIG_SMP_ENABLE');
  if (bluedroid && isOn(file, 'CONFIG_BT_BLUEDROID_ENABLED') !== false) {
    facts.push({
      label: 'The Bluetooth link',
      span: bluedroid.span,
      ...ends,
      protection: translate(bluedroid, (on): Protection => (on ? 'encrypted' : 'none'), (wanted) => wanted === 'encrypted'),
    });
  }
  return facts;
}

/** ESP-IDF, components/bt/host/nimble/Kconfig.in: LE security mode 1; levels 1 and 2 do not authenticate. 0 leaves it to the program. */
function pairingLevel(file: Kconfig): Setting<boolean> | undefined {
  const stated = file.options.get('CONFIG_BT_NIMBLE_SM_SC_LVL');
  if (!stated || !/^[1-4]$/.test(stated.value)) return undefined;
  return known(Number(stated.value) >= 3, stated.span, (verified) => (verified ? slot(file, 'CONFIG_BT_NIMBLE_SM_SC_LVL', 'number').write('4') : []));
}

/** Options a project declares for itself, known by the ends of their names as the examples of ESP-IDF have them. */
function byName(file: Kconfig): readonly ChannelFact[] {
  const facts: ChannelFact[] = [];
  for (const stated of file.options.values()) {
    if (stated.quoted) facts.push(...address(file, stated));
    else if (stated.value === 'y') {
      const wifi = /^(CONFIG_(?:\w+_)?)WIFI_AUTH_(OPEN|WEP|WPA_PSK|WPA2_PSK|WPA3_PSK|WPA2_WPA3_PSK)$/.exec(stated.name);
      if (wifi) facts.push(station(file, stated, wifi[1]!, wifi[2]!));
      const provisioning = /^(CONFIG_(?:\w+_)?PROV_SECURITY_VERSION_)([012])$/.exec(stated.name);
      if (provisioning) facts.push(setup(file, stated, provisioning[1]!, provisioning[2]!));
    }
  }
  return facts;
}

function address(file: Kconfig, { name, value, span }: Option): readonly ChannelFact[] {
  if (!/_(?:URL|URI|BROKER|ENDPOINT|SERVER|HOST)$/.test(name)) return [];
  const url = connectionUrl(value);
  if (!url) return [];
  const { protocol, port, encrypted, loopback } = url;
  return [{
    label: `The connection of ${name}`,
    span,
    role: 'connects',
    protocol,
    port,
    address: url.address,
    reach: known<'loopback' | 'network'>(loopback ? 'loopback' : 'network', span),
    protection: known<Protection>(
      encrypted ? 'encrypted' : 'none',
      span,
      (wanted) => (wanted === 'encrypted' ? slot(file, name, 'string').write(url.secured) : []),
    ),
  }];
}

/** The weakest network the station joins. An open threshold counts as WPA2 when there is a password (Kconfig of the examples). */
function station(file: Kconfig, stated: Option, prefix: string, mode: string): ChannelFact {
  const { span, name } = stated;
  const password = [`${prefix}WIFI_PASSWORD`, `${prefix}WIFI_PASS`].map((one) => file.options.get(one)).find(Boolean);
  const better = () => choose(file, name, `${prefix}WIFI_AUTH_WPA2_PSK`);
  const weak = mode === 'WEP' ? ['WEP'] : mode === 'WPA_PSK' ? ['WPA (version 1)'] : [];
  const protection: Setting<Protection> = mode !== 'OPEN' ? known<Protection>('encrypted', span)
    : password === undefined ? undetermined(span, 'with a password the device asks for WPA2 all the same, and this file states none')
      : known<Protection>(password.value === '' ? 'none' : 'encrypted', span);
  return { label: 'The Wi-Fi connection', span, role: 'connects', protocol: 'wi-fi', protection, weakCiphers: known<readonly string[]>(weak, span, better) };
}

/** ESP-IDF, unified provisioning: version 0 sends the Wi-Fi password in clear and asks for no proof. */
function setup(file: Kconfig, { name, span }: Option, prefix: string, version: string): ChannelFact {
  const to = (wanted: Protection) => (wanted === 'encrypted' ? choose(file, name, `${prefix}2`) : []);
  const caution = 'The program must supply a salt and a verifier for version 2, and the app that sets devices up must know the user name and password.';
  return {
    label: 'The set-up of the Wi-Fi connection',
    span,
    role: 'listens',
    protocol: 'provisioning',
    protection: { ...known<Protection>(version === '0' ? 'none' : 'encrypted', span, to), caution },
  };
}
