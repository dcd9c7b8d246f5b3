import type { Analysis } from '#engine/analysis.js';
import type { TlsVersion } from '#concepts/channel.js';
import { yesNo } from '#engine/codec.js';
import { documented, inReleases, type Changed } from '#engine/release.js';
import { known, setting, undetermined, type Setting } from '#engine/setting.js';
import type { Edit, Span } from '#engine/text.js';
import { insertion, type Blocks, type Statement } from '#notations/blocks.js';
import { releasesByImage } from '#notations/running-images.js';
import { connections, type Connection } from './connections.js';
import { inherited, obscures, outwards, serverOf, type Level } from './levels.js';
import { listeners, nameOf, portsOf, type Listener } from './listeners.js';
import { relayed } from './relays.js';
import { levels } from './serving.js';
import { lostTransport, strictTransport } from './strict-transport.js';
import { ciphersAt, first, versionsAt, type Spoken } from './tls-lines.js';

type Protection = 'none' | 'opportunistic' | 'encrypted';

/** Every way in and out of the servers of this file. */
export function channelsOf(_file: Blocks, analysis: Analysis<Blocks>) {
  const spoken: Spoken = new Set();
  const all = levels.select(analysis);
  const ports = listeners.select(analysis);
  const securedNames = new Set(ports.filter(({ encrypted, port }) => encrypted === true && port === 443).flatMap(({ server }) => nameOf(server) ?? []));
  return [
    ...ports.map((listener) => listening(listener, analysis, securedNames, spoken)),
    ...connections.select(analysis).map((connection) => connecting(connection, spoken)),
    ...relayed(analysis, spoken),
    ...lostTransport(analysis),
    ...alone(all, spoken),
  ];
}

function listening(listener: Listener, analysis: Analysis<Blocks>, securedNames: ReadonlySet<string>, spoken: Spoken) {
  const { server, label, span, port, address, near, encrypted, serving } = listener;
  const tls = encrypted === true;
  return {
    label,
    span,
    role: 'listens' as const,
    protocol: 'http',
    port,
    address,
    reach: known<'loopback' | 'network'>(near ? 'loopback' : 'network', span),
    serves: 'is' in serving ? known(serving.is, span) : undetermined(span, serving.because),
    protection: typeof encrypted === 'object' ? undetermined(span, encrypted.because) : protectionOf(listener, analysis, securedNames),
    leastVersion: tls ? versionsAt(server, 'ssl_protocols', spoken) ?? versionLeftOpen(server, span, analysis) : undefined,
    weakCiphers: tls ? ciphersAt(server, 'ssl_ciphers', spoken) : undefined,
    peerVerified: tls ? clientVerified(server, spoken) : undefined,
    strictTransport: tls ? strictTransport(listener) : undefined,
  };
}

/** A listener in clear is cured where its name is also served encrypted: by sending clients there. */
function protectionOf({ server, span, listen, port, encrypted }: Listener, analysis: Analysis<Blocks>, securedNames: ReadonlySet<string>): Setting<Protection> {
  if (encrypted === true) return known<Protection>('encrypted', span);
  if (listen?.through) return known<Protection>('none', span);
  const { file, block } = server;
  if (listen && port === 443 && inherited(server, 'ssl_certificate').raw !== undefined) {
    const first = listen.statement.args[0]!.span;
    return known<Protection>('none', span, () => file.broken ? [] : [{ start: first.end, end: first.end, text: ' ssl' }]);
  }
  const sent = { caution: 'Certificates that are renewed over HTTP must be renewable at the encrypted server too.' };
  const own = portsOf(analysis, server).some((other) => other.encrypted === true && other.port === 443);
  if (own) return { ...known<Protection>('none', span, () =>
    insertion(file, block, ['if ($scheme = http) { return 301 https://$host$request_uri; }'], lastHead(server))), ...sent };
  const name = nameOf(server);
  const twin = name !== undefined && securedNames.has(name);
  return twin ? { ...known<Protection>('none', span, () => insertion(file, block, ['return 301 https://$host$request_uri;'], lastHead(server))), ...sent }
    : known<Protection>('none', span);
}

/** The last of the lines that say where a server listens and how it is called: what is answered stands below them. */
function lastHead({ block }: Level): Statement | undefined {
  return block.statements.filter(({ name }) => name === 'listen' || name === 'server_name').at(-1);
}

/** nginx offers 1.0 to 1.2 by default, from 1.23.4 on 1.3 too, and none below 1.2 from 1.27.3 on; before, OpenSSL may refuse what nginx offers. */
const leastLeftOpen: Changed<TlsVersion> = { product: 'nginx', page: 'ngx_http_ssl_module', values: [['1.14', undefined], ['1.27.3', '1.2']], to: '1.31' };

function versionLeftOpen(server: Level, span: Span, analysis: Analysis): Setting<TlsVersion> | undefined {
  if (inherited(server, 'ssl_protocols', true).raw !== undefined) return undefined;
  const above = outwards(server).map((level) => obscures(level, 'ssl_protocols')).find((reason) => reason !== undefined);
  if (above !== undefined) return undetermined(span, above);
  const used = releasesByImage(analysis, /(?:^|\/)nginx(?:-unprivileged)?$/);
  const absent = inReleases(leastLeftOpen, used, 'state ssl_protocols');
  return 'because' in absent ? undetermined(span, 'which versions are accepted by default depends on the version of nginx and of OpenSSL: state ssl_protocols')
    : { kind: 'default', span, ...absent, write: () => [] };
}

/** `optional_no_ca` takes any certificate; only it is judged, since most servers identify people and not their devices. */
function clientVerified(server: Level, spoken: Spoken): Setting<boolean> | undefined {
  const slot = inherited(server, 'ssl_verify_client');
  const open = slot.raw !== undefined && /\$|\{\{/.test(slot.raw);
  if (slot.raw !== 'optional_no_ca' && slot.raw !== 'on' && !open) return undefined;
  if (!first(slot, spoken)) return undefined;
  if (open) return undetermined(slot.span, 'what it is filled in with decides');
  const authority = inherited(server, 'ssl_client_certificate').raw !== undefined || inherited(server, 'ssl_trusted_certificate').raw !== undefined;
  return known(slot.raw === 'on', slot.span, (on) => (on && authority ? slot.write('on') : []));
}

const onOff = yesNo(['on'], ['off']);

function connecting(connection: Connection, spoken: Spoken) {
  const { level, statement, label, protocol, encrypted, address, port, reach, prefix } = connection;
  const { span } = statement;
  return {
    label,
    span,
    role: 'connects' as const,
    protocol,
    port,
    address,
    reach: typeof reach === 'object' ? undetermined(span, reach.because) : known<'loopback' | 'network'>(reach, span),
    protection: address.startsWith('$') && !encrypted && reach !== 'network' && !/^\w+:\/\//.test(statement.args[0]!.value)
      ? undetermined(span, `${address} says whether it is encrypted`) : known<Protection>(encrypted ? 'encrypted' : 'none', span),
    leastVersion: encrypted ? versionsAt(level, `${prefix}_ssl_protocols`, spoken) : undefined,
    weakCiphers: encrypted ? ciphersAt(level, `${prefix}_ssl_ciphers`, spoken) : undefined,
    peerVerified: encrypted ? serverVerified(connection) : undefined,
  };
}

/** ngx_http_proxy_module: the certificate of the other end is not checked unless it is asked for, and then an authority must be named. */
function serverVerified({ level, statement, prefix }: Connection): Setting<boolean> | undefined {
  const slot = inherited(level, `${prefix}_ssl_verify`);
  if (slot.elsewhere) return slot.raw === 'on' ? known(true, statement.span) : known(false, statement.span);
  const needs = [
    ...(inherited(level, `${prefix}_ssl_trusted_certificate`).raw === undefined ? [`${prefix}_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;`]
      : []),
    ...(inherited(level, `${prefix}_ssl_server_name`).raw === undefined ? [`${prefix}_ssl_server_name on;`] : []),
  ];
  const read = setting(slot, onOff, { value: false, source: documented('nginx', '1.14 to 1.31', `ngx_http_${prefix}_module`) });
  if (read.kind === 'undetermined') return read;
  const place = slot.raw === undefined ? statement : slot.statement!;
  return {
    ...read,
    span: read.kind === 'stated' ? slot.span : statement.span,
    caution: 'The authority that signed the other end\'s certificate must be in the file of trusted certificates; its path is that of Debian.',
    write: (on): readonly Edit[] => (read.kind === 'default'
      ? insertion(level.file, level.block, [`${prefix}_ssl_verify ${on ? 'on' : 'off'};`, ...needs], place)
        : [...slot.write(on ? 'on' : 'off'), ...(needs.length > 0 ? insertion(level.file, slot.block ?? level.block, needs, place) : [])]),
  };
}

/** Versions and ciphers stated where no server of this file uses them: a snippet, or the main file of servers kept elsewhere. */
function alone(all: readonly Level[], spoken: Spoken) {
  const unspoken = all.flatMap((level) => (level.here ? level.block.statements.flatMap((statement) => {
    const match = statement.name.includes('ssl_') ? /^((?:proxy|grpc|uwsgi)_)?ssl_(protocols|ciphers)$/.exec(statement.name) : null;
    return match && !spoken.has(statement) ? [{ statement, match, level }] : [];
  }) : []));
  return unspoken.sort((a, b) => a.statement.span.start - b.statement.span.start).flatMap(({ statement, match, level }) => {
    if (spoken.has(statement)) return [];
    const outward = match[1] !== undefined;
    const server = serverOf(level);
    if (!outward && server !== undefined && level.kind === 'server') {
      // Stated in a server without an encrypted port: nothing uses it, or the port is in a file that is not in view.
      if (server.missing.length === 0) return [];
    }
    return [{
      label: outward ? 'Every encrypted connection to a program behind' : level.kind === 'http' ? 'Every HTTPS listener below'
        : 'The HTTPS listener that uses this file',
      span: statement.span,
      role: outward ? 'connects' as const : 'listens' as const,
      protocol: 'http',
      leastVersion: match[2] === 'protocols' ? versionsAt(level, statement.name, spoken) : undefined,
      weakCiphers: match[2] === 'ciphers' ? ciphersAt(level, statement.name, spoken) : undefined,
    }];
  });
}
