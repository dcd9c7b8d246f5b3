import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { oneOf, yesNo } from '#engine/codec.js';
import { format, lowering } from '#engine/format.js';
import { known, setting, stated, translate, undetermined, type Setting } from '#engine/setting.js';
import { parseDirectives, slot, type Dialect, type Directives, type Section } from '#notations/directives.js';
import { bridges, listeners, type Listener } from './sections.js';

/** mosquitto.conf(5): a `#` begins a comment only at the start of a line; later it is part of the value. */
const dialect: Dialect = { comment: '#', trailingComments: false, assignment: 'space', separator: ' ' };

const trueFalse = yesNo(['true'], ['false']);

export default format<Directives>({
  title: 'Eclipse Mosquitto',
  files: ['**/mosquitto.conf', '**/mosquitto*.conf', '**/mosquitto/conf.d/*.conf', '**/mosquitto/config/*.conf'],
  parse: (text) => parseDirectives(text, dialect),
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  facts: [
    lowering(Channel, (file) => {
      const elsewhere = includes(file);
      return [...listeners(file).map((listener) => listening(file, listener, elsewhere)), ...bridges(file).map((bridge) => bridging(file, bridge))];
    }),
    lowering(Login, (file) => {
      const own = setting(slot(file, globals(file), 'allow_anonymous', { wins: 'last', elsewhere: includes(file) }), trueFalse, {
        value: listeners(file).length === 0,
        source: 'Mosquitto 2.0, mosquitto.conf(5)',
      });
      // Without any listener the broker answers on the loopback address alone, where anonymous access is its default.
      if (own.kind === 'default' && own.value) return [];
      return [{ label: 'The MQTT broker', span: own.span, anonymous: own }];
    }),
  ],
});

function listening(file: Directives, { section, port, address, label }: Listener, elsewhere: string | undefined) {
  const certificate = slot(file, section, 'certfile', { wins: 'last', elsewhere });
  const psk = section.directives.some(({ name }) => name === 'psk_hint');
  const loopback = address !== undefined && /^(127\.|::1$|localhost$)/.test(address);
  const span = section.head?.span ?? { start: 0, end: 0 };
  const protection: Setting<'none' | 'opportunistic' | 'encrypted'> =
    certificate.obscured !== undefined ? undetermined(span, certificate.obscured) : known(certificate.raw !== undefined || psk ? 'encrypted' : 'none', span);
  return {
    label,
    span,
    role: 'listens' as const,
    protocol: section.directives.some(({ name, value }) => name === 'protocol' && value === 'websockets') ? 'websocket mqtt' : 'mqtt',
    port,
    address,
    reach: known<'loopback' | 'network'>(port === 0 || loopback ? 'loopback' : 'network', span),
    protection,
    leastVersion: certificate.raw === undefined ? undefined : leastVersion(file, section),
  };
}

/** mosquitto.conf(5): `tls_version` names the least version; without it 1.2 and 1.3 are spoken. */
function leastVersion(file: Directives, section: Section): Setting<'1.0' | '1.1' | '1.2' | '1.3'> | undefined {
  const version = stated(slot(file, section, 'tls_version', { wins: 'last' }), oneOf('tlsv1', 'tlsv1.1', 'tlsv1.2', 'tlsv1.3'));
  return version && translate(version, (word) => versionOf[word], (wanted) => (wanted === '1.3' ? 'tlsv1.3' : 'tlsv1.2'));
}

const versionOf = { tlsv1: '1.0', 'tlsv1.1': '1.1', 'tlsv1.2': '1.2', 'tlsv1.3': '1.3' } as const;

function bridging(file: Directives, bridge: Section) {
  const span = bridge.head!.span;
  const address = bridge.directives.find(({ name }) => name === 'address' || name === 'addresses')?.value;
  const certificates = bridge.directives.find(({ name }) => name === 'bridge_cafile' || name === 'bridge_capath' || name === 'bridge_psk');
  const insecure = setting(slot(file, bridge, 'bridge_insecure', { wins: 'last' }), trueFalse, { value: false, source: 'Mosquitto 2.0, mosquitto.conf(5)' });
  return {
    label: `The MQTT bridge ${bridge.head!.value}`,
    span,
    role: 'connects' as const,
    protocol: 'mqtt',
    address,
    reach: known<'loopback' | 'network'>(address !== undefined && /^(127\.|localhost\b|\[?::1)/.test(address) ? 'loopback' : 'network', span),
    protection: known<'none' | 'opportunistic' | 'encrypted'>(certificates ? 'encrypted' : 'none', span),
    peerVerified: certificates ? translate(insecure, (off) => !off, (on) => !on) : undefined,
  };
}

function globals(file: Directives): Section {
  return { directives: file.directives, end: file.end };
}

/** Why a missing setting may be stated elsewhere. */
function includes(file: Directives): string | undefined {
  const include = file.directives.find(({ name }) => name === 'include_dir');
  return include && `a file in ${include.value} may state it`;
}
