import type { ChannelEnds, ChannelFields } from '#concepts/channel.js';
import type { LoginFields } from '#concepts/login.js';
import { isThisMachine } from '#concepts/network-names.js';
import { isCredential, type SecretFields, type SecretUse } from '#concepts/secret.js';
import { yesNo } from '#engine/codec.js';
import type { Fact, Fields } from '#engine/concept.js';
import { documented } from '#engine/release.js';
import { known, setting, stated, undetermined } from '#engine/setting.js';
import { upTo, type Span } from '#engine/text.js';
import { isStated, namesAt, pairsOf, placeAt, slot, valueAt, type Hocon } from '#notations/hocon.js';

type ChannelFact = Fact & ChannelEnds & Fields<ChannelFields>;
type Protection = ChannelFields['protection'];

const trueFalse = yesNo(['true'], ['false']);

/** Where the defaults are from. */
export const source = documented('NanoMQ', '0.14 to 0.25', 'access control');

/** Listeners, the interface for programs, and bridges. */
export function channels(file: Hocon): readonly ChannelFact[] {
  return [...listeners(file), ...web(file), ...bridges(file)];
}

/** `listeners.tcp.bind`, or one more name between; before release 0.14 `url = nmq-tcp://…`. */
function listeners(file: Hocon): readonly ChannelFact[] {
  const named = ['tcp', 'ssl', 'ws', 'wss'].flatMap((kind) => {
    const below = namesAt(file, ['listeners', kind]);
    const paths = [
      ...(below.includes('bind') ? [['listeners', kind]] : []),
      ...below.map((name) => ['listeners', kind, name]).filter((path) => valueAt(file, [...path, 'bind'])),
    ];
    return paths.map((path) => ({ kind, path, bind: slot(file, [...path, 'bind']) }));
  });
  const first = slot(file, ['url']);
  const facts = named.flatMap(({ kind, path, bind }) => {
    const off = stated(slot(file, [...path, 'enable']), trueFalse);
    if (bind.raw === undefined || (off && off.kind !== 'undetermined' && !off.value)) return [];
    return [listening(`The MQTT listener ${path.slice(1).join('.')}`, bind.raw, bind.span, kind)];
  });
  return first.raw?.startsWith('nmq-')
    ? [
        ...facts,
        listening('The MQTT listener', upTo(first.raw.replace(/^nmq-\w+:\/\//, ''), '/'), first.span, first.raw.slice(4, first.raw.indexOf(':'))),
      ]
    : facts;
}

function listening(label: string, bind: string, span: Span, kind: string): ChannelFact {
  const host = /^(.+):\d{1,5}$/.exec(bind)?.[1];
  const port = Number(/(\d{1,5})$/.exec(bind)?.[1] ?? NaN);
  return {
    label,
    span,
    role: 'listens',
    protocol: kind.startsWith('ws') ? 'websocket mqtt' : 'mqtt',
    port: port || undefined,
    address: host,
    reach: known(host !== undefined && isThisMachine(host) ? 'loopback' : 'network', span),
    protection: known<Protection>(kind === 'ssl' || kind === 'wss' ? 'encrypted' : 'none', span),
  };
}

/** The interface for programs, where the file has it: it speaks HTTP alone. */
function webOn(file: Hocon): boolean {
  const on = stated(slot(file, ['http_server', 'enable']), trueFalse);
  return isStated(file, ['http_server']) && !(on && on.kind !== 'undetermined' && !on.value);
}

function web(file: Hocon): readonly ChannelFact[] {
  if (!webOn(file)) return [];
  const span = placeAt(file, ['http_server', 'port']) ?? placeAt(file, ['http_server'])!;
  const address = slot(file, ['http_server', 'ip_addr']).raw;
  const port = Number(slot(file, ['http_server', 'port']).raw ?? 8081);
  return [
    {
      label: 'The interface for programs',
      span,
      role: 'listens',
      protocol: 'http',
      port,
      address,
      reach: known(address !== undefined && isThisMachine(address) ? 'loopback' : 'network', span),
      protection: known<Protection>('none', span),
    },
  ];
}

function bridges(file: Hocon): readonly ChannelFact[] {
  return namesAt(file, ['bridges', 'mqtt']).flatMap((name): readonly ChannelFact[] => {
    const server = slot(file, ['bridges', 'mqtt', name, 'server']);
    const match = /^([\w+-]{1,20}):\/\/(\[[^\]]{1,60}\]|[^/\s:]{1,255})(?::(\d{1,5}))?/.exec(server.raw ?? '');
    if (!match) return [];
    const encrypted = /^(tls\+mqtt-tcp|mqtt-quic|wss|mqtts)$/.test(match[1]!);
    const write = (wanted: Protection) =>
      wanted === 'encrypted' && match[1] === 'mqtt-tcp' ? server.write(server.raw!.replace('mqtt-tcp:', 'tls+mqtt-tcp:').replace(/:1883(?!\d)/, ':8883')) : [];
    return [
      {
        label: `The MQTT bridge ${name}`,
        span: server.span,
        role: 'connects',
        protocol: 'mqtt',
        address: match[2],
        port: match[3] === undefined ? undefined : Number(match[3]),
        reach: known(isThisMachine(match[2]!) ? 'loopback' : 'network', server.span),
        protection: {
          ...known<Protection>(encrypted ? 'encrypted' : 'none', server.span, write),
          caution: 'The other broker must listen with TLS, and the section ssl of the bridge must name its authority.',
        },
      },
    ];
  });
}

/** Where a switch of the access control stands, or would: its section, else the first listener. */
export function authPlace(file: Hocon, name: string): Span {
  const stands = slot(file, ['auth', name]);
  return stands.raw !== undefined || stands.obscured !== undefined ? stands.span : (placeAt(file, ['auth']) ?? placeAt(file, ['listeners']) ?? stands.span);
}

/** Clients, and the programs that use the interface. */
export function logins(file: Hocon): readonly (Fact & Fields<LoginFields>)[] {
  const old = stated(slot(file, ['allow_anonymous']), trueFalse);
  const whole = isStated(file, ['listeners']);
  const section = placeAt(file, ['auth']);
  const place = { ...slot(file, ['auth', 'allow_anonymous']), span: authPlace(file, 'allow_anonymous') };
  const asked = old ?? (whole || section ? setting(place, trueFalse, { value: true, source }) : undefined);
  const password = slot(file, ['http_server', 'password']);
  const shipped =
    password.obscured !== undefined
      ? undetermined(password.span, password.obscured)
      : password.raw === undefined
        ? undetermined(placeAt(file, ['http_server']) ?? password.span, 'the release decides which password works where none is stated')
        : known(password.raw === 'public', password.span);
  return [
    ...(asked ? [{ label: 'The MQTT broker', span: asked.span, anonymous: asked }] : []),
    ...(webOn(file) ? [{ label: 'The interface for programs', span: password.span, defaultCredential: shipped }] : []),
  ];
}

/** The credentials the file writes out. */
export function secrets(file: Hocon): readonly (Fact & SecretUse & Fields<SecretFields>)[] {
  return pairsOf(file.root).flatMap(({ path, value, start, end }) => {
    const name = path.at(-1)!;
    if (value.kind !== 'scalar' || !isCredential(name, value.raw) || (path[0] === 'http_server' && value.raw === 'public')) return [];
    return [
      {
        label: 'This file',
        span: { start, end },
        what: `the credential ${path.filter((step) => /^[\w-]+$/.test(step)).join('.')}`,
        kept: known<SecretFields['kept']>('clear', { start, end }),
      },
    ];
  });
}
