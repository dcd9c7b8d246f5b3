import { connectionUrl } from '#concepts/connection-url.js';
import type { ChannelEnds, ChannelFields, TlsVersion } from '#concepts/channel.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, translate, type Setting, type Stated } from '#engine/setting.js';
import type { Edit } from '#engine/text.js';
import { isOn, slot, type Kconfig } from '#notations/kconfig.js';
import { needed, option, stateOf } from './reading.js';

type ChannelFact = Fact & ChannelEnds & Fields<ChannelFields>;
type Protection = ChannelFields['protection'];

/** Every way data may leave or enter the device that the fragment says something about. */
export function channels(file: Kconfig): readonly ChannelFact[] {
  return [...bluetooth(file), ...messaging(file), ...remoteShells(file), ...management(file), ...tls(file), ...addresses(file)];
}

/** Zephyr, subsys/bluetooth/host/Kconfig: without BT_SMP nothing is encrypted; MITM and Secure Connections are on unless taken out. */
function bluetooth(file: Kconfig): readonly ChannelFact[] {
  if (isBeacon(file)) return [];
  const role = isOn(file, 'CONFIG_BT_PERIPHERAL') ? 'CONFIG_BT_PERIPHERAL' : 'CONFIG_BT_CENTRAL';
  const pairing = isOn(file, 'CONFIG_BT') === false ? undefined : needed(file, 'CONFIG_BT_SMP', role);
  const mitm = option(file, 'CONFIG_BT_SMP_ENFORCE_MITM');
  const weak = legacyPairing(file);
  const span = pairing?.span ?? mitm?.span ?? weak?.span;
  if (!span) return [];
  const protection = pairing && translate(pairing, (on): Protection => (on ? 'encrypted' : 'none'), (wanted) => wanted === 'encrypted');
  const caution = 'It makes pairing possible; the program must also ask for it, with encrypted permissions on its characteristics.';
  return [{
    label: 'The Bluetooth link',
    span,
    role: 'listens',
    protocol: 'bluetooth',
    protection: protection && protection.kind !== 'undetermined' ? { ...protection, caution } : protection,
    peerVerified: mitm,
    weakCiphers: weak,
  }];
}

/** Zephyr, subsys/bluetooth/Kconfig: a device that only broadcasts or observes makes no connection, and BT_SMP cannot be chosen for it. */
function isBeacon(file: Kconfig): boolean {
  const on = (...names: readonly string[]) => names.some((name) => isOn(file, `CONFIG_BT_${name}`));
  return on('BROADCASTER', 'OBSERVER') && !on('PERIPHERAL', 'CENTRAL', 'CONN', 'SMP', 'MESH');
}

function legacyPairing(file: Kconfig): Setting<readonly string[]> | undefined {
  const only = option(file, 'CONFIG_BT_SMP_SC_PAIR_ONLY');
  const outOfBand = option(file, 'CONFIG_BT_SMP_OOB_LEGACY_PAIR_ONLY');
  const chief = outOfBand?.kind === 'stated' && outOfBand.value ? outOfBand : only;
  if (!chief || chief.kind === 'undetermined') return chief;
  const allowed = chief === outOfBand || !chief.value;
  return known<readonly string[]>(
    allowed ? ['LE legacy pairing'] : [],
    chief.span,
    () => (allowed ? [
      ...(chief === outOfBand ? slot(file, 'CONFIG_BT_SMP_OOB_LEGACY_PAIR_ONLY', 'bool').write('n') : []),
      ...slot(file, 'CONFIG_BT_SMP_SC_PAIR_ONLY', 'bool').write('y'),
    ] : []),
  );
}

const protocols: readonly (readonly [library: string, tls: string, also: readonly string[], protocol: string, label: string, caution: string])[] = [
  [
    'CONFIG_MQTT_LIB',
    'CONFIG_MQTT_LIB_TLS',
    ['CONFIG_NET_SOCKETS_SOCKOPT_TLS'],
    'mqtt',
    'The MQTT client',
    'The program must name the security tags of its certificates and connect to the port of the broker that speaks TLS.',
  ],
  ['CONFIG_LWM2M', 'CONFIG_LWM2M_DTLS_SUPPORT', [], 'coap', 'The LwM2M client', 'The program must supply the keys, and the server must speak DTLS.'],
];

function messaging(file: Kconfig): readonly ChannelFact[] {
  return protocols.flatMap(([library, tls, also, protocol, label, caution]): readonly ChannelFact[] => {
    if (isOn(file, library) === false) return [];
    const on = needed(file, tls, library);
    if (!on) return [];
    const protection: Setting<Protection> = on.kind === 'undetermined' ? on : {
      ...translate(
        on,
        (v): Protection => (v ? 'encrypted' : 'none'),
        (wanted) => wanted === 'encrypted',
      ) as Exclude<Setting<Protection>, { kind: 'undetermined' }>,
      write: (wanted): readonly Edit[] => (wanted === 'encrypted' ? [tls, ...also].flatMap((name) => slot(file, name, 'bool').write('y')) : []),
      caution,
    };
    return [{ label, span: on.span, role: 'connects', protocol, protection }];
  });
}

const listeners: readonly (readonly [name: string, protocol: string, label: string, port: number | undefined])[] = [
  ['CONFIG_SHELL_BACKEND_TELNET', 'telnet', 'The telnet shell', 23],
  ['CONFIG_SHELL_BACKEND_MQTT', 'mqtt', 'The shell over MQTT', undefined],
];

function remoteShells(file: Kconfig): readonly ChannelFact[] {
  return listeners.flatMap(([name, protocol, label, port]): readonly ChannelFact[] => {
    const on = option(file, name);
    if (!on || on.kind === 'undetermined' || !on.value) return [];
    const caution = 'It is switched off: see first what service staff reach the device with.';
    const remedy = `Switch ${label.charAt(0).toLowerCase()}${label.slice(1)} off`;
    return [{
      label,
      span: on.span,
      role: 'listens',
      protocol,
      port,
      protection: { ...known<Protection>('none', on.span, (wanted) => (wanted === 'encrypted' ? on.write(false) : [])), caution, remedy },
    }];
  });
}

/** Zephyr 4.3 and later, Kconfig.udp: MCUMGR_TRANSPORT_UDP_DTLS takes nobody without DTLS. Earlier releases refuse to build with the option. */
function management(file: Kconfig): readonly ChannelFact[] {
  const on = stateOf(file, 'CONFIG_MCUMGR_TRANSPORT_UDP', 'CONFIG_MCUMGR_SMP_UDP');
  if (!on || on.kind === 'undetermined' || !on.value) return [];
  const dtls = option(file, 'CONFIG_MCUMGR_TRANSPORT_UDP_DTLS');
  const caution = 'The program must supply certificate and key under the tag of the transport and open it itself, and the tools must speak DTLS.';
  const off = 'It is switched off. From Zephyr 4.3 on MCUMGR_TRANSPORT_UDP_DTLS encrypts it instead.';
  return [{
    label: 'Device management over UDP',
    span: on.span,
    role: 'listens',
    protocol: 'smp',
    port: 1337,
    protection: dtls?.kind === 'undetermined' ? dtls : dtls
      ? { ...translate(dtls, (v): Protection => (v ? 'encrypted' : 'none'), (wanted) => wanted === 'encrypted') as Stated<Protection>, caution }
      : {
        ...known<Protection>('none', on.span, (wanted) => (wanted === 'encrypted' ? on.write(false) : [])),
        caution: off, remedy: 'Switch device management over UDP off',
      },
  }];
}

const versions: readonly (readonly [option: string, version: TlsVersion])[] = [
  ['CONFIG_MBEDTLS_TLS_VERSION_1_0', '1.0'],
  ['CONFIG_MBEDTLS_TLS_VERSION_1_1', '1.1'],
];

/** Old versions that the fragment builds in; what it leaves out says nothing. */
function tls(file: Kconfig): readonly ChannelFact[] {
  const least = versions.find(([name]) => isOn(file, name));
  if (!least) return [];
  const { span } = file.options.get(least[0])!;
  const leastVersion = known<TlsVersion>(least[1], span, (wanted) => [
    ...versions.flatMap(([name]) => (isOn(file, name) ? slot(file, name, 'bool').write('n') : [])), ...slot(
      file,
      `CONFIG_MBEDTLS_TLS_VERSION_${wanted.replace('.', '_')}`,
      'bool',
    ).write('y'),
  ]);
  return [{ label: 'The TLS library of the device', span, role: 'connects', protocol: 'tls', leastVersion }];
}

/** Text options that a project declares for itself, by the ends of their names. */
function addresses(file: Kconfig): readonly ChannelFact[] {
  const facts: ChannelFact[] = [];
  for (const { name, value, span, quoted } of file.options.values()) {
    if (!quoted || !/_(?:URL|URI|BROKER|ENDPOINT|SERVER|HOST|HOSTNAME)$/.test(name)) continue;
    const url = connectionUrl(value);
    if (!url) continue;
    facts.push({
      label: `The connection of ${name}`,
      span,
      role: 'connects',
      protocol: url.protocol,
      port: url.port,
      address: url.address,
      reach: known<'loopback' | 'network'>(url.loopback ? 'loopback' : 'network', span),
      protection: known<Protection>(
        url.encrypted ? 'encrypted' : 'none',
        span,
        (wanted) => (wanted === 'encrypted' ? slot(file, name, 'string').write(url.secured) : []),
      ),
    });
  }
  return facts;
}
