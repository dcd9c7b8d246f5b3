import type { ChannelEnds, ChannelFields } from '#concepts/channel.js';
import type { Analysis } from '#engine/analysis.js';
import { integer } from '#engine/codec.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, setting, stated, undetermined, type Setting } from '#engine/setting.js';
import type { Place, Yaml } from '#notations/yaml.js';
import { component, elsewhere, entriesOf, isGiven, rootOf, trueFalse, type Stated } from './reading.js';

type ChannelFact = Fact & ChannelEnds & Fields<ChannelFields>;
type Protection = ChannelFields['protection'];

/** Everything by which the device talks: its API, its pages, the broker, its radio. */
export function channels(yaml: Yaml, analysis: Analysis<Yaml>): readonly ChannelFact[] {
  const root = rootOf(yaml);
  if (!root) return [];
  const device = { root, analysis };
  return [...api(device), ...pages(root), ...broker(device), ...wifi(device), ...requests(root), ...transports(device), ...logs(root), ...downloads(root)];
}

/** A file with what it may ask others. */
interface Device {
  readonly root: Place;
  readonly analysis: Analysis<Yaml>;
}

/** Encrypted where something stands here or in a file that is merged with this one, in clear where they are the whole truth and nothing stands. */
function protectedBy(device: Device, section: Place, given: readonly Place[], paths: readonly Stated[]): Setting<Protection> {
  const stands = given.find(isGiven) ?? given.find(({ exists, key }) => exists && key === 'encryption');
  if (stands) return known('encrypted', stands.head);
  const obscured = given.map((place) => place.obscured).find((reason) => reason !== undefined);
  const other = obscured === undefined ? elsewhere(device.analysis, paths) : { because: obscured };
  return other === undefined ? known('none', section.head) : other === 'stated' ? known('encrypted', section.head) : undetermined(section.head, other.because);
}

function api(device: Device): readonly ChannelFact[] {
  const { root } = device;
  const section = component(root, 'api');
  if (!section) return [];
  return [
    {
      label: 'The API of the device',
      span: section.head,
      role: 'listens',
      protocol: 'esphome',
      port: portOf(section, 6053),
      protection: protectedBy(device, section, [section.get('encryption')], ['api.encryption']),
    },
  ];
}

function portOf(section: Place, otherwise: number): number {
  const port = stated(section.get('port').slot, integer);
  return port?.kind === 'stated' ? port.value : otherwise;
}

/** The web server of a device speaks no TLS, nor does the one that shows its camera. */
function pages(root: Place): readonly ChannelFact[] {
  const web = component(root, 'web_server');
  const cameras = component(root, 'esp32_camera_web_server');
  return [
    ...(web
      ? [
          {
            label: 'The web page of the device',
            span: web.head,
            role: 'listens' as const,
            protocol: 'http',
            port: portOf(web, 80),
            protection: known<Protection>('none', web.head),
          },
        ]
      : []),
    ...(cameras
      ? entriesOf(cameras).map((camera) => ({
          label: 'The camera of the device',
          span: camera.head,
          role: 'listens' as const,
          protocol: 'http',
          port: portOf(camera, 8080),
          protection: known<Protection>('none', camera.head),
        }))
      : []),
  ];
}

function broker(device: Device): readonly ChannelFact[] {
  const { root } = device;
  const section = component(root, 'mqtt');
  if (!section) return [];
  const place = section.get('broker');
  const skips = stated(section.get('skip_cert_cn_check').slot, trueFalse);
  return [
    {
      label: 'The connection to the MQTT broker',
      span: section.head,
      role: 'connects',
      protocol: 'mqtt',
      port: portOf(section, 1883),
      address: place.text,
      protection:
        section.kind === 'map'
          ? protectedBy(device, place.exists ? place : section, [section.get('certificate_authority'), section.get('ssl_fingerprints')],
            ['mqtt.certificate_authority', 'mqtt.ssl_fingerprints'])
          : undetermined(section.head, section.obscured ?? 'the section stands elsewhere'),
      peerVerified: skips && (skips.kind === 'undetermined' ? skips : { ...skips, value: !skips.value, write: (verified) => skips.write(!verified) }),
    },
  ];
}

/** The radio: the network the device opens itself where it finds no other, and those it joins. */
function wifi(device: Device): readonly ChannelFact[] {
  const { root } = device;
  const section = component(root, 'wifi');
  if (section?.kind !== 'map') return [];
  const fallback = section.get('ap');
  const least = stated(section.get('min_auth_mode').slot, { read: (raw) => (/^wpa[23]?$/i.test(raw) ? raw.toUpperCase() : undefined), print: (raw) => raw });
  const joined = [...(section.get('ssid').exists ? [section] : []), ...entriesOf(section.get('networks'))];
  return [
    ...(fallback.exists
      ? [
          {
            label: 'The Wi-Fi the device opens',
            span: fallback.head,
            role: 'listens' as const,
            protocol: 'wi-fi',
            protection:
              fallback.kind === 'scalar'
                ? undetermined(fallback.head, fallback.obscured ?? 'the section stands elsewhere')
                : protectedBy(device, fallback, [fallback.get('password')], ['wifi.ap.password']),
          },
        ]
      : []),
    ...joined.map((network): ChannelFact => {
      const eap = network.get('eap');
      const authority = eap.get('certificate_authority');
      return {
        label: 'The Wi-Fi the device joins',
        span: network.get('ssid').head,
        role: 'connects',
        protocol: 'wi-fi',
        protection:
          network.kind === 'map'
            ? protectedBy(device, network.get('ssid'), [network.get('password'), eap], network === section ? ['wifi.password', 'wifi.eap'] : [])
            : undetermined(network.head, network.obscured ?? 'the network stands elsewhere'),
        weakCiphers:
          least &&
          (least.kind === 'undetermined'
            ? least
            : { ...least, value: least.value === 'WPA' ? ['WPA'] : [], write: (weak) => (weak.length > 0 ? [] : least.write('WPA2')) }),
        peerVerified: eap.kind !== 'map' ? undefined : authority.exists ? known(true, authority.head) : known(false, eap.head),
      };
    }),
  ];
}

/** ESP8266 and RP2040 cannot check a certificate: ESPHome refuses the setting that would ask for it. */
function requests(root: Place): readonly ChannelFact[] {
  const place = root.get('http_request', 'verify_ssl');
  if (!place.exists) return [];
  const verified = setting(place.slot, trueFalse, { because: '' });
  const unable = ['esp8266', 'rp2040', 'rp2'].some((board) => root.get(board).exists);
  return [
    {
      label: 'The HTTP client of the device',
      span: place.head,
      role: 'connects',
      protocol: 'https',
      peerVerified: verified.kind !== 'undetermined' && unable ? { ...verified, write: () => [] } : verified,
    },
  ];
}

/**
 * Readings that devices send each other, by UDP, ESP-NOW, radio or a serial line (packet_transport), or by `udp` itself before it: in clear unless a key
 * encrypts them. A device that only receives is judged in the file of the sender.
 */
function transports(device: Device): readonly ChannelFact[] {
  const { root } = device;
  return (['packet_transport', 'udp'] as const).flatMap((name) => {
    const section = component(root, name);
    return (section ? entriesOf(section) : []).flatMap((entry): readonly ChannelFact[] => {
      const sent = ['sensors', 'binary_sensors', 'broadcast_sensors', 'broadcast_binary_sensors'].map((key) => entry.get(key)).find(({ exists }) => exists);
      const way = name === 'udp' ? 'udp' : (entry.get('platform').text ?? 'udp');
      // A serial line is a cable.
      if (!sent || way === 'uart') return [];
      return [{
        label: 'What the device sends to others', span: sent.head, role: 'connects', protocol: way,
        protection: protectedBy(device, sent, [entry.get('encryption'), entry.get('key')], [`${name}.encryption`]),
      }];
    });
  });
}

/** The log and the figures that a device sends over UDP: neither has an encrypted form. */
function logs(root: Place): readonly ChannelFact[] {
  return (['syslog', 'statsd'] as const).flatMap((name) => {
    const section = component(root, name);
    return (section ? entriesOf(section) : []).map((entry): ChannelFact => ({
      label: name === 'syslog' ? 'The log of the device' : 'The figures of the device', span: entry.head, role: 'connects', protocol: name,
      address: entry.get('host').text, port: portOf(entry, name === 'syslog' ? 514 : 8125), protection: known<Protection>('none', entry.head),
    }));
  });
}

/** What the device fetches or sends by HTTP where the file writes out the address: firmware, and the requests of its automations. */
function downloads(root: Place): readonly ChannelFact[] {
  const asked = [...root.descend()].filter(({ key, text, parent }) => text !== undefined && /^http:\/\//i.test(text)
    && ((key === 'url' && /^http_request\.|^ota\.http_request\./.test(parent?.key ?? '')) || (key === 'source' && parent?.get('platform').text === 'http_request')));
  return asked.flatMap((place): readonly ChannelFact[] => {
    const host = /^http:\/\/(?:[^@/]*@)?([^:/?#]+)/i.exec(place.text!)?.[1];
    const what = place.key === 'source' || place.parent?.key.startsWith('ota.') ? 'The download of firmware' : 'The HTTP client of the device';
    return [{
      label: what, span: place.head, role: 'connects', protocol: 'http', address: host,
      protection: known<Protection>('none', place.head, (wanted) => (wanted === 'encrypted' ? place.put(place.text!.replace(/^http:/i, 'https:')) : [])),
    }];
  });
}
