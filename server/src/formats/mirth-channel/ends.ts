import type { ChannelEnds, ChannelFields } from '#concepts/channel.js';
import { isThisMachine } from '#concepts/network-names.js';
import type { Fact, Fields } from '#engine/concept.js';
import { filledIn } from '#engine/holes.js';
import { observe, known, setting, translate, undetermined, type Setting, type Slot, type Undetermined } from '#engine/setting.js';
import { upTo, type Span } from '#engine/text.js';
import { databaseWay } from '#notations/jdbc.js';
import { childSlot, childrenOf, descend, textOf, textSlot, type Element } from '#notations/xml.js';
import { field, pluginOf, portOf, valueOf, varies, varyingHost, type Connector } from './channels.js';

type Protection = 'none' | 'opportunistic' | 'encrypted';
type End = Fact & ChannelEnds & Fields<ChannelFields>;

/** The ends of one connector as facts about channels: usually one, none for connectors that stay inside the server. */
export function endsOf(connector: Connector): readonly End[] {
  switch (connector.kind) {
    case 'TcpReceiver': return [isServer(connector) ? listener(connector, ...tcpNames(connector)) : tcpSender(connector)];
    case 'TcpDispatcher': return valueOf(connector.file, connector.properties, 'serverMode') === 'true' ? [] : [tcpSender(connector)];
    case 'HttpReceiver': return [listener(connector, 'HTTP', 'http')];
    case 'WebServiceReceiver': return [listener(connector, 'web service', 'http')];
    case 'HttpDispatcher': return urlEnd(connector, 'host', 'HTTP');
    case 'WebServiceDispatcher': return urlEnd(
      connector, valueOf(connector.file, connector.properties, 'locationURI') ? 'locationURI' : 'wsdlUrl', 'web service'
    );
    case 'FileReceiver':
    case 'FileDispatcher': return fileEnd(connector);
    case 'DatabaseReceiver':
    case 'DatabaseDispatcher': return databaseEnd(connector);
    case 'SmtpDispatcher': return [mailEnd(connector)];
    case 'JmsReceiver':
    case 'JmsDispatcher': return brokerEnd(connector);
    case 'DICOMReceiver': return [dicomListener(connector)];
    case 'DICOMDispatcher': return [dicomSender(connector)];
    default: return [];
  }
}

/** What is said of a value that a variable or a template states; nothing where the export does. */
const madeElsewhere = ({ obscured, raw, span }: Slot): Undetermined | undefined =>
  (obscured === undefined ? filledIn(raw, span) : undetermined(span, obscured));

const isServer = ({ file, properties }: Connector) => valueOf(file, properties, 'serverMode') !== 'false';

/** The minimal lower layer protocol of HL7 frames a message by 0B and 1C 0D. */
function tcpNames({ file, properties }: Connector): ['MLLP' | 'TCP', 'hl7' | 'tcp'] {
  const mode = descend(properties, 'transmissionModeProperties');
  const isMllp = mode !== undefined && (valueOf(file, mode, 'pluginPointName') === 'MLLP' || valueOf(file, mode, 'startOfMessageBytes') === '0B');
  return isMllp ? ['MLLP', 'hl7'] : ['TCP', 'tcp'];
}

/** Where a listener is told to listen, and who can reach it there. */
export function listeningOn(connector: Connector) {
  const place = descend(connector.properties, 'listenerConnectorProperties') ?? connector.properties;
  const host = field(connector, 'host', place);
  const port = field(connector, 'port', place);
  const reach: Setting<'loopback' | 'network'> = host.obscured !== undefined
    ? undetermined(host.span, 'a variable names the address it listens on')
    : host.raw === undefined ? undetermined(place.tag, 'the export does not state the address it listens on')
      : known(isThisMachine(host.raw) ? 'loopback' : 'network', host.span);
  return { place, host, port, reach };
}

function listener(connector: Connector, name: string, protocol: string) {
  const { place, host, port, reach } = listeningOn(connector);
  const span = port.raw === undefined ? place.tag : port.span;
  const number = portOf(port.raw);
  return {
    label: `The ${name} listener ${connector.whose}${number === undefined ? '' : ` on port ${number}`}`,
    span,
    role: 'listens' as const,
    protocol,
    port: number,
    address: host.obscured === undefined ? host.raw : undefined,
    reach,
    ...byPlugin(connector, span),
  };
}

const tlsPlugin = /(?:ssl|tls)/i;

/**
 * The engine itself speaks TCP and HTTP in clear. Plug-ins add TLS: NextGen's SSL Manager and the TLS Manager of Open
 * Integration Engine store their settings with the connector.
 */
function byPlugin(connector: Connector, span: Span): { protection: Setting<Protection>; peerVerified?: Setting<boolean> | undefined } {
  const plugin = pluginOf(connector, tlsPlugin);
  if (!plugin) return { protection: known<Protection>('none', span) };
  const enabled = ['enabled', 'isTlsManagerEnabled'].map((name) => field(connector, name, plugin)).find(({ raw }) => raw !== undefined);
  if (!enabled) return { protection: undetermined(plugin.tag, 'the settings of the TLS plug-in do not say whether it is on') };
  const on = enabled.raw === 'true';
  return {
    protection: {
      ...known<Protection>(on ? 'encrypted' : 'none', on ? plugin.tag : enabled.span, (wanted) => enabled.write(String(wanted === 'encrypted'))),
      caution: 'The plug-in needs a certificate chosen in its settings.',
    },
    peerVerified: on ? verifiedByPlugin(connector, plugin) : undefined,
  };
}

function verifiedByPlugin(connector: Connector, plugin: Element): Setting<boolean> | undefined {
  const trustsAll = field(connector, 'trustAllCertificates', plugin);
  const open = madeElsewhere(trustsAll);
  if (open) return open;
  if (trustsAll.raw !== undefined) return known(trustsAll.raw !== 'true', trustsAll.span, (wanted) => trustsAll.write(String(!wanted)));
  const validates = field(connector, 'isServerCertificateValidationEnabled', plugin);
  return validates.raw === undefined ? madeElsewhere(validates) : madeElsewhere(validates) ?? known(validates.raw === 'true', validates.span, (wanted) => validates.write(String(wanted)));
}

function hostReach(host: Slot): Setting<'loopback' | 'network'> {
  if (host.obscured !== undefined || host.raw === undefined || host.raw === '') return varyingHost(host.span);
  return known(isThisMachine(host.raw) ? 'loopback' : 'network', host.span);
}

const plain = (host: Slot) => (host.obscured === undefined ? host.raw : undefined);

function tcpSender(connector: Connector) {
  const [name, protocol] = tcpNames(connector);
  const host = field(connector, 'remoteAddress');
  return {
    label: `The ${name} connection ${connector.whose}`,
    span: host.span,
    role: 'connects' as const,
    protocol,
    port: portOf(field(connector, 'remotePort').raw),
    address: plain(host),
    reach: hostReach(host),
    ...byPlugin(connector, host.span),
  };
}

function urlEnd(connector: Connector, name: string, kind: string) {
  const slot = childSlot(connector.file, connector.properties, name);
  const url = slot.raw ?? '';
  if (url === '') return [];
  const match = /^(https?):\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]*)(?::(\d{1,5}))?/i.exec(url);
  const whole = { label: `The ${kind} connection ${connector.whose}`, span: slot.span, role: 'connects' as const, protocol: 'http' };
  const open = match ? undefined : varies(url) ? undetermined(slot.span, 'a variable holds the address') : filledIn(url, slot.span);
  if (open) return [{ ...whole, reach: varies(url) ? varyingHost(slot.span) : open, protection: open }];
  if (!match) return [];
  const [, scheme, host, port] = match;
  const plugin = pluginOf(connector, tlsPlugin);
  const reach = varies(host!) ? varyingHost(slot.span) : known<'loopback' | 'network'>(isThisMachine(host!) ? 'loopback' : 'network', slot.span);
  const encrypted = scheme!.toLowerCase() === 'https';
  const protection = known<Protection>(
    encrypted ? 'encrypted' : 'none', slot.span, (wanted) => slot.write(wanted === 'encrypted' ? url.replace(/^http:/i, 'https:') : url)
  );
  return [{
    ...whole,
    port: portOf(port),
    address: varies(host!) ? undefined : host,
    reach,
    protection: { ...protection, caution: 'A port in the address stays as it is: give the one the other end speaks TLS on.' },
    peerVerified: encrypted && plugin ? verifiedByPlugin(connector, plugin) : undefined,
  }];
}

/** A folder on another machine; `FILE` is this one's own disk, and S3 is spoken over TLS by the library. */
function fileEnd(connector: Connector) {
  const scheme = valueOf(connector.file, connector.properties, 'scheme')?.toUpperCase();
  const host = field(connector, 'host');
  const span = descend(connector.properties, 'scheme')?.span ?? host.span;
  const server = { ...host, raw: host.raw === undefined ? undefined : upTo(host.raw, '/:') };
  const whole = { label: `The ${scheme} connection ${connector.whose}`, span, role: 'connects' as const, address: plain(server), reach: hostReach(server) };
  const properties = descend(connector.properties, 'schemeProperties');
  if (scheme === 'FTP') return [{ ...whole, protocol: 'ftp', protection: known<Protection>('none', span) }];
  if (scheme === 'SFTP') {
    const check = properties && field(connector, 'hostKeyChecking', properties);
    const verified: Setting<boolean> | undefined = check?.raw === 'yes' || check?.raw === 'no'
      ? known(check.raw === 'yes', check.span, (wanted) => check.write(wanted ? 'yes' : 'no'))
      : check && undetermined(check.span, 'with `ask`, the version of the engine decides what becomes of an unknown host key');
    const caution = 'The host key must be in the known hosts file the connector names, or the connection is refused.';
    return [{
      ...whole, protocol: 'sftp', protection: known<Protection>('encrypted', span),
      peerVerified: verified && verified.kind !== 'undetermined' ? { ...verified, caution } : verified,
    }];
  }
  if (scheme === 'SMB') {
    const least = properties && ['smbMinVersion', 'smbVersion'].map((name) => field(connector, name, properties)).find(({ raw }) => raw !== undefined);
    return [{
      ...whole, protocol: 'smb',
      protection: undetermined(span, 'the file server decides whether SMB is encrypted: look for "encrypt data" on the share'),
      oldFileSharing: least && (madeElsewhere(least) ?? setting(least, { read: (raw) => raw.toUpperCase() === 'SMB1', print: () => 'SMB300' }, { because: '' })),
    }];
  }
  if (scheme !== 'WEBDAV') return [];
  const secure = field(connector, 'secure');
  return [{
    ...whole, protocol: 'webdav',
    protection: secure.raw === 'true' || secure.raw === 'false'
      ? known<Protection>(secure.raw === 'true' ? 'encrypted' : 'none', secure.span, (wanted) => secure.write(String(wanted === 'encrypted')))
      : undetermined(span, 'the export does not say whether WebDAV runs over HTTPS'),
  }];
}

function databaseEnd(connector: Connector) {
  const way = databaseWay(childSlot(connector.file, connector.properties, 'url'), isThisMachine, varies);
  return way ? [{ ...way, label: `The database connection ${connector.whose}`, span: childSlot(connector.file, connector.properties, 'url').span }] : [];
}

/** `TLS` is STARTTLS where the mail server offers it; `SSL` encrypts from the first byte. */
function mailEnd(connector: Connector) {
  const host = field(connector, 'smtpHost');
  const encryption = field(connector, 'encryption');
  const word = encryption.raw?.toLowerCase();
  const protection: Setting<Protection> = encryption.obscured !== undefined || (word !== 'none' && word !== 'tls' && word !== 'ssl')
    ? undetermined(encryption.span, encryption.obscured ?? 'the export does not state the encryption of mail')
    : {
      ...known<Protection>(
        word === 'ssl' ? 'encrypted' : word === 'tls' ? 'opportunistic' : 'none', encryption.span,
        (wanted) => encryption.write(wanted === 'encrypted' ? 'SSL' : wanted === 'none' ? 'none' : 'TLS')
      ),
      caution: 'The mail server must speak TLS from the first byte, usually on port 465: change smtpPort with it.',
    };
  return {
    label: `The mail connection ${connector.whose}`, span: encryption.span, role: 'connects' as const, protocol: 'smtp',
    port: portOf(field(connector, 'smtpPort').raw), address: plain(host), reach: hostReach(host), protection,
  };
}

function brokerEnd(connector: Connector) {
  const { file, properties } = connector;
  const named = childrenOf(
    descend(properties, 'connectionProperties'), 'entry'
  ).map(({ children: [key, value] }) => ({ key: key && textOf(file, key), value }));
  const place = valueOf(file, properties, 'useJndi') === 'true'
    ? descend(properties, 'jndiProviderUrl')
    : named.find(({ key }) => /^(?:brokerURL|serverUrl|uri)$/i.test(key ?? ''))?.value;
  const slot = place && textSlot(file, place);
  const match = /^(?:failover:\(?|fanout:\(?)?(tcp|nio|ssl|nio\+ssl|amqps?|t3s?|https?|wss?):\/\/(\[[^\]]*\]|[^:/?#,)]*)/i.exec(slot?.raw ?? '');
  if (!slot || !match) return [];
  const [, scheme, host] = match;
  const encrypted = /^(?:ssl|nio\+ssl|amqps|t3s|https|wss)$/i.test(scheme!);
  return [{
    label: `The message broker connection ${connector.whose}`, span: slot.span, role: 'connects' as const, protocol: 'jms',
    address: varies(host!) ? undefined : host,
    reach: varies(host!) ? varyingHost(slot.span) : known<'loopback' | 'network'>(isThisMachine(host!) ? 'loopback' : 'network', slot.span),
    protection: known<Protection>(encrypted ? 'encrypted' : 'none', slot.span),
  }];
}

/** `notls`, `3des`, `aes`, or `without`: TLS that signs and does not encrypt. */
function dicomTls(connector: Connector) {
  const tls = field(connector, 'tls');
  const word = tls.raw?.toLowerCase();
  const caution = 'Keystore, truststore and their passwords must be set, and the other end must speak DICOM TLS.';
  if (tls.obscured !== undefined || word === undefined || !['notls', 'without', '3des', 'aes'].includes(word)) return {
    span: tls.span, protection: undetermined(tls.span, tls.obscured ?? 'the export does not state the TLS of this connector'),
    weakCiphers: madeElsewhere(tls),
  };
  const write = (wanted: Protection) => tls.write(wanted === 'encrypted' ? 'aes' : 'notls');
  return {
    span: tls.span,
    protection: { ...known<Protection>(word === 'aes' || word === '3des' ? 'encrypted' : 'none', tls.span, write), caution },
    weakCiphers: word === 'aes' || word === '3des' ? known<readonly string[]>(word === '3des' ? ['3DES'] : [], tls.span, () => tls.write('aes')) : undefined,
  };
}

function dicomListener(connector: Connector) {
  const { host, port, reach } = listeningOn(connector);
  const tls = dicomTls(connector);
  const noClient = field(connector, 'noClientAuth');
  const encrypted = tls.protection.kind !== 'undetermined' && tls.protection.value === 'encrypted';
  const certificates = encrypted && (noClient.raw === 'true' || noClient.raw === 'false')
    ? known(noClient.raw === 'true', noClient.span, (none) => noClient.write(String(none)))
    : encrypted ? madeElsewhere(noClient) : undefined;
  const number = portOf(port.raw);
  return {
    label: `The DICOM listener ${connector.whose}${number === undefined ? '' : ` on port ${number}`}`,
    ...tls,
    role: 'listens' as const,
    protocol: 'dicom',
    port: number,
    address: plain(host),
    reach,
    peerVerified: certificates?.kind === 'undetermined' ? certificates : certificates && translate(certificates, (none) => !none, (wanted) => !wanted),
  };
}

function dicomSender(connector: Connector) {
  const host = field(connector, 'host');
  return {
    label: `The DICOM connection ${connector.whose}`, ...dicomTls(connector), role: 'connects' as const, protocol: 'dicom',
    port: portOf(field(connector, 'port').raw), address: plain(host), reach: hostReach(host),
  };
}

/** Whether an HTTP listener answers callers that say nothing of who they are; the fact where it does not listen for itself alone. */
export function doorOf(connector: Connector) {
  if (connector.kind !== 'HttpReceiver' && connector.kind !== 'WebServiceReceiver') return [];
  const { reach, place, port } = listeningOn(connector);
  if (reach.kind !== 'undetermined' && reach.value === 'loopback') return [];
  const number = portOf(port.raw);
  const kind = connector.kind === 'HttpReceiver' ? 'HTTP' : 'web service';
  const label = `The ${kind} listener ${connector.whose}${number === undefined ? '' : ` on port ${number}`}`;
  const span = port.raw === undefined ? place.tag : port.span;
  const plugins = descend(connector.properties, 'pluginProperties');
  const auth = pluginOf(connector, /HttpAuthProperties$/);
  const type = auth && valueOf(connector.file, auth, 'authType')?.toUpperCase();
  const anonymous: Setting<boolean> = !plugins ? undetermined(span, 'the export does not say which plug-ins guard this listener')
    : auth && type === undefined ? undetermined(auth.tag, 'the settings do not name the kind of authentication')
      : known(!auth || type === 'NONE', auth && type === 'NONE' ? auth.tag : span);
  return [{
    label, span,
    anonymous: reach.kind === 'undetermined' && anonymous.kind !== 'undetermined' && anonymous.value ? reach : observe(anonymous, (value) => value),
  }];
}
