import type { ChannelEnds, ChannelFields } from '#concepts/channel.js';
import { isThisMachine } from '#concepts/network-names.js';
import { keptOf } from '#concepts/secret.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import { administers, databaseWay, readJdbc } from '#notations/jdbc.js';
import type { Document } from '#notations/yaml.js';
import { property, slotOf, statedSwitch, varies } from './reading.js';

type End = Fact & ChannelEnds & Fields<ChannelFields>;
type Protection = 'none' | 'opportunistic' | 'encrypted';

/** The server and what it connects to, as one document states it. */
export function ends(document: Document): readonly End[] {
  return [...server(document), ...address(document), ...database(document), ...search(document), ...mail(document)];
}

function server(document: Document): readonly End[] {
  const ssl = property(document, 'server.ssl');
  const port = slotOf(document, 'server.port');
  const hosted = property(document, 'hapi.fhir');
  if (ssl.kind !== 'map' && port.raw === undefined && hosted.kind !== 'map') return [];
  const span = ssl.kind === 'map' ? ssl.head : port.raw === undefined ? hosted.head : port.span;
  const bound = slotOf(document, 'server.address').raw;
  const on = statedSwitch(document, 'server.ssl.enabled');
  const hasKey = ['key-store', 'certificate', 'bundle'].some((name) => property(document, `server.ssl.${name}`).exists);
  const protection: Setting<Protection> = on?.kind === 'stated' && !on.value && hasKey
    ? known<Protection>('none', on.span, (wanted) => on.write(wanted === 'encrypted'))
    : on?.kind === 'undetermined' ? on : hasKey && !(on && !on.value) ? known<Protection>('encrypted', span) : undetermined(
      span, 'a proxy in front of the server may speak TLS for it'
    );
  return [{
    label: 'The FHIR server', span, role: 'listens', protocol: 'http', port: Number(port.raw ?? 8080) || undefined, address: bound,
    reach: known(bound !== undefined && isThisMachine(bound) ? 'loopback' : 'network', span), protection,
  }];
}

/** The address the server puts into its answers: clients follow it. */
function address(document: Document): readonly End[] {
  return httpEnd(document, 'hapi.fhir.server_address', 'The address that FHIR clients are given', 'listens');
}

function httpEnd(document: Document, path: string, label: string, role: 'listens' | 'connects'): readonly End[] {
  const { slot } = property(document, path);
  const match = /^(https?):\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]*)(?::(\d{1,5}))?/i.exec(slot.raw ?? '');
  if (!match) return [];
  const [, scheme, host, port] = match;
  const encrypted = scheme!.toLowerCase() === 'https';
  return [{
    label, span: slot.span, role, protocol: 'http', port: port === undefined ? undefined : Number(port), address: varies(host!) ? undefined : host,
    reach: varies(host!) ? undetermined(slot.span, 'the environment names the host') : known(isThisMachine(host!) ? 'loopback' : 'network', slot.span),
    protection: {
      ...known<Protection>(
        encrypted ? 'encrypted' : 'none', slot.span, (wanted) => (wanted === 'encrypted' ? slot.write(slot.raw!.replace(/^http:/i, 'https:')) : [])
      ),
      caution: 'Something must speak TLS at this address; a port in it stays as it is.',
    },
  }];
}

function database(document: Document): readonly End[] {
  const { slot } = property(document, 'spring.datasource.url');
  const way = databaseWay(slot, isThisMachine, varies);
  return way ? [{ ...way, label: 'The connection to the FHIR database', span: slot.span }] : [];
}

/** Lucene stays in the server; Elasticsearch is reached by HTTP. */
function search(document: Document): readonly End[] {
  const enabled = statedSwitch(document, 'elasticsearch.enabled');
  const protocol = slotOf(document, 'elasticsearch.protocol');
  const rest = slotOf(document, 'elasticsearch.rest_url').raw ?? '';
  const host = /^(?:https?:\/\/)?(\[[^\]]*\]|[^:/]+)/.exec(rest)?.[1];
  if (protocol.raw === undefined || (enabled?.kind === 'stated' && !enabled.value)) return [...httpEnd(
    document, 'spring.elasticsearch.uris', 'The connection to the search index', 'connects'
  )];
  return [{
    label: 'The connection to the search index', span: protocol.span, role: 'connects', protocol: 'elasticsearch', address: host,
    reach: host === undefined ? undetermined(protocol.span, 'the file does not name the host of the search index') : known(
      isThisMachine(host) ? 'loopback' : 'network', protocol.span
    ),
    protection: {
      ...known<Protection>(
        protocol.raw.toLowerCase() === 'https' ? 'encrypted' : 'none', protocol.span,
        (wanted) => protocol.write(wanted === 'encrypted' ? 'https' : 'http')
      ),
      caution: 'The search index must speak TLS on the port of rest_url.',
    },
  }];
}

/** Mails of subscriptions tell that something about a patient has changed. */
function mail(document: Document): readonly End[] {
  const base = 'hapi.fhir.subscription.email';
  const host = slotOf(document, `${base}.host`);
  if (host.raw === undefined) return [];
  const required = statedSwitch(document, `${base}.startTlsRequired`);
  const enabled = statedSwitch(document, `${base}.startTlsEnable`);
  const on = (one: Setting<boolean> | undefined) => one?.kind === 'stated' && one.value;
  const span = on(enabled) ? enabled!.span : host.span;
  const names = ['startTlsEnable', 'startTlsRequired'];
  const places = names.map((name) => property(document, `${base}.${name}`));
  const [first] = places;
  // What is missing from one map is written at once.
  const write = () => (first?.parent && places.every(({ exists, parent }, i) => !exists && parent?.node === first.parent!.node && places[i]!.key === names[i])
    ? first.parent.put({ startTlsEnable: 'true', startTlsRequired: 'true' }) : places.flatMap(({ slot }) => slot.write('true')));
  return [{
    label: 'The mail connection of subscriptions', span, role: 'connects', protocol: 'smtp', address: host.obscured === undefined ? host.raw : undefined,
    reach: host.obscured !== undefined ? undetermined(host.span, host.obscured) : known(isThisMachine(host.raw) ? 'loopback' : 'network', host.span),
    protection: [required, enabled].some((one) => one?.kind === 'undetermined')
      ? undetermined(span, 'the environment decides whether mail is encrypted')
      : known<Protection>(on(required) ? 'encrypted' : on(enabled) ? 'opportunistic' : 'none', span, write),
  }];
}

/** The account of the server in its database. */
export function databaseAccounts(document: Document) {
  const account = property(document, 'spring.datasource.username').slot;
  const administrator = administers(property(document, 'spring.datasource.url').slot, account, varies);
  return administrator ? [{ label: 'The FHIR server', span: account.span, administrator }] : [];
}

const credentials: readonly (readonly [path: string, what: string])[] = [
  ['spring.datasource.password', 'the password of the FHIR database'], ['elasticsearch.password', 'the password of the search index'], [
    'spring.elasticsearch.password', 'the password of the search index',
  ],
  [
    'hapi.fhir.subscription.email.password', 'the password of the mail account',
  ], ['server.ssl.key-store-password', 'the password of the TLS keystore'], ['server.ssl.key-password', 'the password of the TLS key'],
  ['spring.security.user.password', 'the password of the built-in user'],
];

/** Passwords of the examples in the starter project. */
const shipped: ReadonlySet<string> = new Set(['admin', 'SomePassword']);

/** Credentials that are written out. An embedded database has none worth the name. */
export function secrets(document: Document) {
  return credentials.flatMap(([path, what]) => {
    const { slot } = property(document, path);
    const raw = slot.raw ?? '';
    if (raw === '' || raw === 'null' || (path === 'spring.datasource.password' && readJdbc(property(
      document, 'spring.datasource.url'
    ).slot.raw ?? '')?.embedded)) return [];
    const kept = keptOf(raw, (said) => varies(said) || said.startsWith('{'), (said) => shipped.has(said));
    return [{ label: 'This file', span: slot.span, what, kept: known(kept, slot.span) }];
  });
}
