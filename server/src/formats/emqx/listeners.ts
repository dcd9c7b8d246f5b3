import { atLeast, tlsVersions, type ChannelEnds, type ChannelFields, type TlsVersion } from '#concepts/channel.js';
import { oncePer } from '#engine/attached.js';
import { isThisMachine } from '#concepts/network-names.js';
import { yesNo } from '#engine/codec.js';
import type { Fact, Fields } from '#engine/concept.js';
import { documented } from '#engine/release.js';
import { known, setting, stated, undetermined, type Setting } from '#engine/setting.js';
import type { Edit, Span } from '#engine/text.js';
import { table } from '#engine/table.js';
import { namesAt, pairsOf, placeAt, slot, valueAt, type Hocon } from '#notations/hocon.js';

type ChannelFact = Fact & ChannelEnds & Fields<ChannelFields>;
type Protection = ChannelFields['protection'];

export const trueFalse = yesNo(['true', 'on'], ['false', 'off']);

/** One place where the broker takes connections. */
export interface Listener {
  readonly kind: string;
  readonly name: string;
  readonly path: readonly string[];
  readonly span: Span;
  readonly enabled: Setting<boolean>;
  readonly bind: string | undefined;
}

/** The listeners the file names. `listener.…` is how release 4 writes them, with the address as the value itself. */
export const listenersOf = oncePer((file: Hocon): readonly Listener[] => ['listeners', 'listener'].flatMap((section) =>
  ['tcp', 'ssl', 'ws', 'wss', 'quic'].flatMap((kind) => namesAt(file, [section, kind]).flatMap((name) => listener(file, section, kind, name)))));

function listener(file: Hocon, section: string, kind: string, name: string): readonly Listener[] {
  const path = [section, kind, name];
  const span = placeAt(file, path) ?? { start: 0, end: 0 };
  const switched = ['enable', 'enabled'].map((word) => [...path, word]).find((word) => valueAt(file, word)) ?? [...path, 'enable'];
  const bind = slot(file, section === 'listener' ? path : [...path, 'bind']);
  if (section === 'listener' && bind.raw === undefined) return [];
  return [
    { kind, name, path, span, enabled: setting(slot(file, switched), trueFalse, { value: true, source: documented('EMQX', '5.0 to 6.1', 'configuration manual') }), bind: bind.raw },
  ];
}

/** The listeners of clients, the pages of administrators, and the connections to other systems. */
export function channels(file: Hocon): readonly ChannelFact[] {
  const open = new Set(
    listenersOf(file)
      .filter(({ enabled }) => !isOff(enabled))
      .map(({ kind }) => kind),
  );
  return [...listenersOf(file).flatMap((one) => listening(file, one, open)), ...dashboard(file), ...connections(file)];
}

const isOff = (setting: Setting<boolean>) => setting.kind !== 'undetermined' && !setting.value;

function listening(file: Hocon, { kind, name, path, span, enabled, bind }: Listener, open: ReadonlySet<string>): readonly ChannelFact[] {
  if (isOff(enabled)) return [];
  const encrypted = kind === 'ssl' || kind === 'wss' || kind === 'quic';
  const other = open.has(kind === 'ws' ? 'wss' : 'ssl');
  // Where an encrypted listener is there already, the other can be switched off; `listener.…` has no switch.
  const write = (wanted: Protection) =>
    wanted === 'encrypted' && other && path[0] === 'listeners' && enabled.kind !== 'undetermined' ? enabled.write(false) : [];
  return [
    {
      label: `The MQTT listener ${kind}:${name}`,
      span,
      role: 'listens',
      protocol: kind.startsWith('ws') ? 'websocket mqtt' : 'mqtt',
      port: portOf(bind),
      address: hostOf(bind),
      reach: reachOf(bind, span, path[0] === 'listeners'),
      protection: {
        ...known<Protection>(encrypted ? 'encrypted' : 'none', span, write),
        caution: 'Every device must be set to the port with TLS before this one is closed.',
        remedy: 'Switch the listener without TLS off',
      },
      leastVersion:
        kind !== 'ssl' && kind !== 'wss'
          ? undefined
          : path[0] === 'listener'
            ? leastOfLine(file, path)
            : leastVersion(file, [...path, 'ssl_options', 'versions']),
    },
  ];
}

const portOf = (bind: string | undefined) => Number(/(\d{1,5})$/.exec(bind ?? '')?.[1] ?? NaN) || undefined;
const hostOf = (bind: string | undefined) => /^(.+):\d{1,5}$/.exec(bind ?? '')?.[1];

function reachOf(bind: string | undefined, span: Span, fifth: boolean): Setting<'loopback' | 'network'> {
  const host = hostOf(bind);
  if (host !== undefined) return known(isThisMachine(host) ? 'loopback' : 'network', span);
  if (!fifth && bind !== undefined) return known('network', span);
  return undetermined(span, 'from release 6.3 on other settings decide where a port without an address answers: state the address in bind');
}

const spelled: Readonly<Record<string, TlsVersion>> = table({ tlsv1: '1.0', 'tlsv1.1': '1.1', 'tlsv1.2': '1.2', 'tlsv1.3': '1.3', sslv3: 'SSLv3' });

function leastVersion(file: Hocon, path: readonly string[]): Setting<TlsVersion> | undefined {
  const list = valueAt(file, path);
  if (list?.kind === 'opaque') return undetermined(placeAt(file, path) ?? list, 'a substitution states it');
  if (list?.kind !== 'list') return undefined;
  const words = list.items.map((item) => (item.kind === 'scalar' ? item.raw : ''));
  const span = placeAt(file, path) ?? { start: list.start, end: list.end };
  return leastOf(words, span, (kept) => [{ start: list.start, end: list.end, text: `[${kept.join(', ')}]` }]);
}

/** Release 4 writes `tls_versions = tlsv1.2,tlsv1.1`: the rest of the line, with commas. */
function leastOfLine(file: Hocon, path: readonly string[]): Setting<TlsVersion> | undefined {
  const place = placeAt(file, [...path, 'tls_versions']);
  const value = valueAt(file, [...path, 'tls_versions']);
  if (value?.kind === 'opaque') return undetermined(place ?? value, 'a substitution states it');
  if (!place || value?.kind !== 'scalar') return undefined;
  const said = /^[\w., \t]*/.exec(file.text.slice(value.start, value.start + 200))![0].trimEnd();
  const span = { start: place.start, end: value.start + said.length };
  return leastOf(said.split(/[, \t]+/).filter(Boolean), span, (kept) => [{ start: value.start, end: span.end, text: kept.join(',') }]);
}

function leastOf(words: readonly string[], span: Span, write: (kept: readonly string[]) => readonly Edit[]): Setting<TlsVersion> {
  const least = tlsVersions.find((version) => words.some((word) => spelled[word] === version));
  if (least === undefined || words.some((word) => !spelled[word])) return undetermined(span, 'the value is not one this product documents');
  return known<TlsVersion>(least, span, (wanted) => {
    const kept = words.filter((word) => atLeast(spelled[word]!, wanted));
    return write(kept.length > 0 ? kept : [wanted === '1.3' ? 'tlsv1.3' : 'tlsv1.2']);
  });
}

/** The dashboard speaks HTTP, HTTPS or both; a listener on port 0 is off. */
function dashboard(file: Hocon): readonly ChannelFact[] {
  const https = slot(file, ['dashboard', 'listeners', 'https', 'bind']).raw;
  return ['http', 'https'].flatMap((kind): readonly ChannelFact[] => {
    const at = ['dashboard', 'listeners', kind, 'bind'];
    const bind = slot(file, at);
    if (bind.raw === undefined || /^(.*:)?0$/.test(bind.raw)) return [];
    const write = (wanted: Protection) => (wanted === 'encrypted' && https !== undefined && https !== '0' ? bind.write('0') : []);
    return [
      {
        label: 'The EMQX dashboard',
        span: bind.span,
        role: 'listens',
        protocol: 'http',
        port: portOf(bind.raw),
        address: hostOf(bind.raw),
        reach: reachOf(bind.raw, bind.span, true),
        protection: {
          ...known<Protection>(kind === 'https' ? 'encrypted' : 'none', bind.span, write),
          caution: 'Open the dashboard over https before the other port is closed.',
        },
        leastVersion: kind === 'https' ? leastVersion(file, ['dashboard', 'listeners', 'https', 'ssl_options', 'versions']) : undefined,
      },
    ];
  });
}

/** Bridges and connectors of MQTT, and whether any connection out checks the certificate it is shown. */
function connections(file: Hocon): readonly ChannelFact[] {
  const bridges = ['connectors', 'bridges'].flatMap((section) =>
    namesAt(file, [section, 'mqtt']).flatMap((name): readonly ChannelFact[] => {
      const path = [section, 'mqtt', name];
      const server = slot(file, [...path, 'server']);
      if (server.raw === undefined) return [];
      const tls = setting(slot(file, [...path, 'ssl', 'enable']), trueFalse, { value: false, source: documented('EMQX', '5.0 to 6.1', 'configuration manual') });
      const protection: Setting<Protection> =
        tls.kind === 'undetermined'
          ? tls
          : {
              ...tls,
              value: tls.value ? 'encrypted' : 'none',
              write: (wanted) => tls.write(wanted === 'encrypted'),
              caution: 'The other broker must listen with TLS, and server must name that port.',
            };
      const host = hostOf(server.raw) ?? server.raw;
      return [
        {
          label: `The MQTT bridge ${name}`,
          span: server.span,
          role: 'connects',
          protocol: 'mqtt',
          port: portOf(server.raw),
          address: host,
          reach: known(isThisMachine(host) ? 'loopback' : 'network', server.span),
          protection,
        },
      ];
    }),
  );
  const checks = pairsOf(file.root).flatMap(({ path, value, start, end }): readonly ChannelFact[] => {
    if (path.at(-1) !== 'verify' || path.at(-2) !== 'ssl' || /^(listeners?|dashboard|gateway)$/.test(path[0] ?? '') || (value.kind !== 'scalar' && value.kind !== 'opaque')) return [];
    return [
      {
        label: `The connection ${path
          .slice(0, -2)
          .filter((step) => /^[\w-]+$/.test(step))
          .join('.')}`,
        span: { start, end },
        role: 'connects',
        protocol: 'tls',
        peerVerified: value.kind === 'opaque' ? undetermined({ start, end }, 'a substitution states it') : known(value.raw !== 'verify_none', { start, end }, (wanted) =>
          wanted ? [{ start: value.start, end: value.end, text: 'verify_peer' }] : [],
        ),
      },
    ];
  });
  return [...bridges, ...checks];
}

/** A switch that is judged only where the file states it. */
export const statedSwitch = (file: Hocon, path: readonly string[]) => stated(slot(file, path), trueFalse);
