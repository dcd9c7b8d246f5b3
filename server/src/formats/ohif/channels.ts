import type { ChannelEnds, ChannelFields } from '#concepts/channel.js';
import { connectionUrl, type ConnectionUrl } from '#concepts/connection-url.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, undetermined } from '#engine/setting.js';
import { firstLine, literalAt, memberAt, nearestTo, put, type Exported, type Literal, type Member } from '#notations/object-literal.js';
import { dataSourcesOf, obscuredSources, type DataSource } from './data-sources.js';
import { signIn } from './sign-in.js';

type ChannelFact = Fact & ChannelEnds & Fields<ChannelFields>;

/** What a browser that shows images talks to, and from where it may be told to take settings or programs. */
export function channels(file: Exported): readonly ChannelFact[] {
  const because = obscuredSources(file);
  const member = memberAt(file, ['dataSources']);
  const unknown = because === undefined ? [] : [open('The data sources', member ? firstLine(file, member) : nearestTo(file, ['dataSources']), because)];
  return [...dataSourcesOf(file).flatMap(archive), ...unknown, ...people(file), ...origins(file)];
}

const connects = (label: string, span: Fact['span']) => ({ label, span, role: 'connects' as const, protocol: 'http' });

const open = (label: string, span: Fact['span'], because: string): ChannelFact => ({ ...connects(label, span), protection: undetermined(span, because) });

/** The roots of the services of DICOMweb: search, retrieve, the older retrieve by URI, and store. */
const roots = ['qidoRoot', 'wadoRoot', 'wadoUriRoot', 'wadoUri', 'stowRoot'];

interface Root {
  readonly name: string;
  readonly member: Member;
  readonly url: ConnectionUrl;
}

/** One fact for each server, however many roots lead to it. */
function archive({ name, settings }: DataSource): readonly ChannelFact[] {
  const stated = roots.flatMap((root) => {
    const member = memberAt(settings, [root]);
    return member ? [{ name: root, member }] : [];
  });
  const servers = new Map<string, Root[]>();
  for (const { name: root, member } of stated) {
    const url = member.value.kind === 'string' ? connectionUrl(member.value.raw) : undefined;
    if (!url) continue;
    const server = `${url.encrypted} ${url.address}:${url.port ?? ''}`;
    servers.set(server, [...(servers.get(server) ?? []), { name: root, member, url }]);
  }
  const label = `The ${name}`;
  const replaced = memberAt(settings, ['onConfiguration']);
  if (replaced) return [open(label, firstLine(settings, replaced), 'the function onConfiguration may replace its addresses')];
  const elsewhere = stated.find(({ member: { value } }) => value.kind === 'expression' || isPath(value))?.member;
  return [
    ...[...servers.values()].map((all) => connection(settings, label, all, 'The archive, or a proxy in front of it, must answer over TLS at this address.')),
    ...(elsewhere ? [open(label, firstLine(settings, elsewhere), why(elsewhere.value))] : []),
  ];
}

/** A path, or an address without a scheme: the browser asks as it asked for the viewer. */
const isPath = (value: Literal) => value.kind === 'string' && /^\.{0,2}\//.test(value.raw);

const why = (value: Literal) =>
  value.kind === 'expression'
    ? 'an expression decides it'
    : 'it is a path on the server that serves the viewer: look whether that server answers over TLS alone';

function connection(file: Exported, label: string, all: readonly Root[], caution: string): ChannelFact {
  const { member, url } = all[0]!;
  const span = firstLine(file, member);
  return {
    ...connects(label, span),
    address: url.address,
    port: url.port,
    reach: known(url.loopback ? 'loopback' : 'network', span),
    protection: {
      ...known<ChannelFields['protection']>(url.encrypted ? 'encrypted' : 'none', span, (wanted) =>
        wanted === 'encrypted' ? all.flatMap((root) => put(file, [root.name], quoted(root.member.value, file, root.url.secured))) : [],
      ),
      caution,
    },
  };
}

/** In the quotation marks that stood there; an address that was read holds none. */
function quoted(value: Literal, file: Exported, text: string): string {
  const mark = file.text[value.start]!;
  return `${mark}${text}${mark}`;
}

/** Where people sign in, and where they are sent back to with a code or a token in the address. */
const addresses = [
  { name: 'authority', label: 'The sign-in', caution: 'The OpenID provider must answer over TLS at this address.' },
  { name: 'redirect_uri', label: 'The way back from the sign-in', caution: 'The viewer must answer over TLS there, and the provider must know the address.' },
];

function people(file: Exported): readonly ChannelFact[] {
  const provider = signIn(file);
  if (!provider) return [];
  return addresses.flatMap(({ name, label, caution }) => {
    const member = memberAt(provider, [name]);
    const url = member?.value.kind === 'string' ? connectionUrl(member.value.raw) : undefined;
    return member && url ? [connection(provider, label, [{ name, member, url }], caution)] : [];
  });
}

/** Servers that a link may name: each answers with settings or programs that the viewer follows. */
function origins(file: Exported): readonly ChannelFact[] {
  return [
    ...listed(file, ['dangerouslyUseDynamicConfig', 'origins'], 'A configuration that a link names'),
    ...listed(file, ['runtimeExtensionOrigins'], 'A program of another server'),
    ...dataSourcesOf(file).flatMap(({ name, settings }) =>
      listed(settings, ['dangerouslyAllowedOriginsForAuthenticatedEnvironments'], `The ${name}, as a link names it,`),
    ),
  ];
}

function listed(file: Exported, path: readonly string[], label: string): readonly ChannelFact[] {
  const list = literalAt(file, path);
  const items: readonly Literal[] = list?.kind === 'array' ? list.items : [];
  return items.flatMap((item) => {
    const url = item.kind === 'string' ? connectionUrl(item.raw) : undefined;
    if (!url) return [];
    const write = () => [{ start: item.start, end: item.end, text: quoted(item, file, url.secured) }];
    return [{
      ...connects(label, item), address: url.address, port: url.port, reach: known<ChannelFields['reach']>(url.loopback ? 'loopback' : 'network', item),
      protection: known<ChannelFields['protection']>(url.encrypted ? 'encrypted' : 'none', item, (wanted) => (wanted === 'encrypted' ? write() : [])),
    }];
  });
}
