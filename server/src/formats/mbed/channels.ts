import { connectionUrl } from '#concepts/connection-url.js';
import type { ChannelEnds, ChannelFields, TlsVersion } from '#concepts/channel.js';
import type { Fact, Fields } from '#engine/concept.js';
import { filledIn } from '#engine/holes.js';
import { documented } from '#engine/release.js';
import { known } from '#engine/setting.js';
import { table } from '#engine/table.js';
import type { Json } from '#notations/json.js';
import { entries, macros, type Entry } from './reading.js';

type ChannelFact = Fact & ChannelEnds & Fields<ChannelFields>;
type Protection = ChannelFields['protection'];

export function channels(file: Json): readonly ChannelFact[] {
  const all = entries(file);
  return [...wifi(all), ...bluetooth(all), ...addresses(all), ...tls(file)];
}

const where = ({ target }: Entry) => (target === '*' || target === 'config' ? '' : ` of ${target}`);

/** Mbed OS, connectivity/netsocket/mbed_lib.json: the security is NONE unless stated. */
function wifi(all: readonly Entry[]): readonly ChannelFact[] {
  const security = all.filter(({ name }) => name === 'nsapi.default-wifi-security');
  const facts = security.map((entry): ChannelFact => {
    const value = entry.value.toUpperCase();
    const open = filledIn(entry.value, entry.span);
    if (open) return { label: `The Wi-Fi connection${where(entry)}`, span: entry.span, role: 'connects', protocol: 'wi-fi', protection: open, weakCiphers: open };
    const better = () => entry.write('WPA2');
    const weak = value === 'WEP' ? ['WEP'] : value === 'WPA' || value === 'WPA/WPA2' || value === 'WPA_WPA2' ? ['WPA (version 1)'] : [];
    return {
      label: `The Wi-Fi connection${where(entry)}`, span: entry.span, role: 'connects', protocol: 'wi-fi',
      protection: known<Protection>(value === 'NONE' ? 'none' : 'encrypted', entry.span), weakCiphers: known<readonly string[]>(
        weak,
        entry.span,
        (wanted) => (wanted.length === 0 ? better() : []),
      ),
    };
  });
  const ssid = all.find(({ name, value }) => name === 'nsapi.default-wifi-ssid' && value !== 'null' && value !== '');
  if (ssid && security.length === 0) {
    facts.push({
      label: `The Wi-Fi connection${where(ssid)}`,
      span: ssid.span,
      role: 'connects',
      protocol: 'wi-fi',
      protection: { kind: 'default', value: 'none', span: ssid.span, source: documented('Mbed OS', '6.0 to 6.17', 'connectivity/netsocket/mbed_lib.json'), write: () => [] },
    });
  }
  return facts;
}

/** Mbed OS, connectivity/FEATURE_BLE: the security manager, and the stronger of its two ways of pairing. */
function bluetooth(all: readonly Entry[]): readonly ChannelFact[] {
  return all.flatMap((entry): readonly ChannelFact[] => {
    const ends = { label: `The Bluetooth link${where(entry)}`, span: entry.span, role: 'listens', protocol: 'bluetooth' } as const;
    const off = entry.value === 'false' || entry.value === '0';
    if (entry.name === 'ble.ble-feature-security') return [{
      ...ends,
      protection: known<Protection>(off ? 'none' : 'encrypted', entry.span, (wanted) => (wanted === 'encrypted' ? entry.write(true) : [])),
    }];
    if (entry.name === 'ble.ble-feature-secure-connections') return [{
      ...ends,
      weakCiphers: known<readonly string[]>(off ? ['LE legacy pairing'] : [], entry.span, (wanted) => (wanted.length === 0 ? entry.write(true) : [])),
    }];
    return [];
  });
}

function addresses(all: readonly Entry[]): readonly ChannelFact[] {
  return all.flatMap((entry): readonly ChannelFact[] => {
    const url = /(?:url|uri|server|broker|host|endpoint|address)$/i.test(entry.name) ? connectionUrl(entry.value) : undefined;
    if (!url) return [];
    return [{
      label: `The connection of ${entry.name}`, span: entry.span, role: 'connects', protocol: url.protocol, port: url.port, address: url.address,
      reach: known<'loopback' | 'network'>(url.loopback ? 'loopback' : 'network', entry.span),
      protection: known<Protection>(url.encrypted ? 'encrypted' : 'none', entry.span, (wanted) => (wanted === 'encrypted' ? entry.write(url.secured) : [])),
    }];
  });
}

const versions: Readonly<Record<string, TlsVersion>> = table({ MBEDTLS_SSL_PROTO_SSL3: 'SSLv3', MBEDTLS_SSL_PROTO_TLS1: '1.0', MBEDTLS_SSL_PROTO_TLS1_1: '1.1' });

/** Mbed TLS 2: each macro builds one old version in, and a server that asks for it is answered. */
function tls(file: Json): readonly ChannelFact[] {
  return macros(file).flatMap(({ name, span, remove }): readonly ChannelFact[] => {
    const version = versions[name];
    return version ? [{
      label: 'The TLS library of the device',
      span,
      role: 'connects',
      protocol: 'tls',
      leastVersion: known<TlsVersion>(version, span, remove),
    }] : [];
  });
}
