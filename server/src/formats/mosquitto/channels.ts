import type { TlsVersion } from '#concepts/channel.js';
import { oneOf, text, yesNo } from '#engine/codec.js';
import { known, setting, stated, translate, undetermined, type Setting } from '#engine/setting.js';
import { table } from '#engine/table.js';
import { strengthened, weakIn } from '#notations/cipher-list.js';
import { slot, type Directives, type Section } from '#notations/directives.js';
import { manual } from './releases.js';
import { bridges, isNear, listeners, type Listener } from './sections.js';

type Protection = 'none' | 'opportunistic' | 'encrypted';

export const trueFalse = yesNo(['true'], ['false']);

/** The listeners of the broker and its connections to other brokers. */
export function channelsOf(file: Directives) {
  return [...listeners(file).map((listener) => listening(file, listener)), ...bridges(file).map((bridge) => bridging(file, bridge))];
}

/** The options of a listener stand in its own file: a file of include_dir cannot complete it (observed with Mosquitto 2.0.11). */
function listening(file: Directives, { section, port, address, label, near, span }: Listener) {
  const has = (name: string) => section.directives.some((directive) => directive.name === name);
  const tls = has('certfile') || has('psk_hint') || section.head?.name === 'certfile';
  const required = stated(slot(file, section, 'require_certificate', { wins: 'last' }), trueFalse);
  return {
    label,
    span,
    role: 'listens' as const,
    protocol: section.directives.some(({ name, value }) => name === 'protocol' && value === 'websockets') ? 'websocket mqtt' : 'mqtt',
    port,
    address,
    reach: known<'loopback' | 'network'>(near ? 'loopback' : 'network', span),
    protection: known<Protection>(tls ? 'encrypted' : 'none', span),
    leastVersion: tls ? leastVersion(file, section, 'tls_version') : undefined,
    weakCiphers: tls ? weakCiphers(file, section, 'ciphers') : undefined,
    // Most devices prove themselves with a password: a certificate is judged only where one is asked for.
    peerVerified: tls && required?.kind === 'stated' && required.value ? required : undefined,
  };
}

/** mosquitto.conf(5): `tls_version` names the least version; without it 1.2 and 1.3 are spoken. Up to 1.6 it named the only one. */
function leastVersion(file: Directives, section: Section, name: string): Setting<TlsVersion> | undefined {
  const version = stated(slot(file, section, name, { wins: 'last' }), oneOf('tlsv1', 'tlsv1.1', 'tlsv1.2', 'tlsv1.3'));
  return version && translate(version, (word): TlsVersion => versionOf[word], (wanted) => (wanted === '1.3' ? 'tlsv1.3' : 'tlsv1.2'));
}

const versionOf = table({ tlsv1: '1.0', 'tlsv1.1': '1.1', 'tlsv1.2': '1.2', 'tlsv1.3': '1.3' } as const);

function weakCiphers(file: Directives, section: Section, name: string): Setting<readonly string[]> | undefined {
  const at = slot(file, section, name, { wins: 'last' });
  const list = stated(at, text);
  return list && translate(list, weakIn, () => strengthened(at.raw ?? ''));
}

/** mosquitto.conf(5), Bridges: encrypted once an authority or a shared key is named; the other end's name is checked unless `bridge_insecure`. */
function bridging(file: Directives, bridge: Section) {
  const span = bridge.head!.span;
  const address = bridge.directives.find(({ name }) => name === 'address' || name === 'addresses')?.value;
  const authority = bridge.directives.some(({ name, value }) => name === 'bridge_cafile' || name === 'bridge_capath'
    || (name === 'bridge_tls_use_os_certs' && value === 'true'));
  const tls = authority || bridge.directives.some(({ name }) => name === 'bridge_psk');
  const insecure = setting(slot(file, bridge, 'bridge_insecure', { wins: 'last' }), trueFalse, { value: false, source: manual });
  const [host, port] = address?.split(/\s+/)[0]?.split(/:(?=\d+$)/) ?? [];
  return {
    label: `The MQTT bridge ${bridge.head!.value}`,
    span,
    role: 'connects' as const,
    protocol: 'mqtt',
    port: port === undefined ? 1883 : Number(port),
    address: host,
    reach: address === undefined ? undetermined(span, 'the bridge states no address')
      : known<'loopback' | 'network'>(address.split(/\s+/).every(isNear) ? 'loopback' : 'network', span),
    protection: known<Protection>(tls ? 'encrypted' : 'none', span),
    leastVersion: tls ? leastVersion(file, bridge, 'bridge_tls_version') : undefined,
    peerVerified: authority ? translate(insecure, (off) => !off, (on) => !on) : undefined,
  };
}
