import type { ChannelEnds, ChannelFields } from '#concepts/channel.js';
import type { LoginFields } from '#concepts/login.js';
import { isThisMachine } from '#concepts/network-names.js';
import { keptOf } from '#concepts/secret.js';
import { yesNo } from '#engine/codec.js';
import type { Fact, Fields } from '#engine/concept.js';
import type { Slot } from '#engine/setting.js';
import { known, stated, undetermined, type Setting } from '#engine/setting.js';
import { administers, databaseWay, readJdbc } from '#notations/jdbc.js';
import { slot, type Properties } from '#notations/properties.js';

type End = Fact & ChannelEnds & Fields<ChannelFields>;

const trueFalse = yesNo(['true'], ['false']);
const varies = (text: string) => text.includes('${');

/** The first of the names of one property that the file states: those of the starter before release 5, and those of Spring. */
function place(file: Properties, ...names: readonly string[]): Slot {
  const name = names.find((one) => file.byKey.has(one)) ?? names[0]!;
  const found = slot(file, name);
  return found.raw !== undefined && varies(found.raw) ? { ...found, obscured: `the environment fills in ${name}` } : found;
}

const database = (file: Properties, what: string) => place(file, `datasource.${what}`, `spring.datasource.${what}`);

/** The connections that the file writes out: to the database, to the search index, and the address that clients are given. */
export function ends(file: Properties): readonly End[] {
  const url = database(file, 'url');
  const way = databaseWay(url, isThisMachine, varies);
  return [
    ...(way ? [{ ...way, label: 'The connection to the FHIR database', span: url.span }] : []),
    ...http(place(file, 'server_address', 'hapi.fhir.server_address'), 'The address that FHIR clients are given', 'listens'),
    ...http(place(file, 'elasticsearch.rest_url', 'spring.elasticsearch.uris'), 'The connection to the search index', 'connects'),
  ];
}

function http(at: Slot, label: string, role: 'listens' | 'connects'): readonly End[] {
  const match = /^(https?):\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]*)(?::(\d{1,5}))?/i.exec(at.raw ?? '');
  if (!match) return [];
  const [, scheme, host, port] = match;
  const write = (wanted: ChannelFields['protection']) => (wanted === 'encrypted' ? at.write(at.raw!.replace(/^http:/i, 'https:')) : []);
  return [{
    label, role, span: at.span, protocol: 'http', port: port === undefined ? undefined : Number(port), address: varies(host!) ? undefined : host,
    reach: varies(host!) ? undetermined(at.span, 'the environment names the host') : known(isThisMachine(host!) ? 'loopback' : 'network', at.span),
    protection: {
      ...known<ChannelFields['protection']>(scheme!.toLowerCase() === 'https' ? 'encrypted' : 'none', at.span, write),
      caution: 'Something must speak TLS at this address; a port in it stays as it is.',
    },
  }];
}

const credentials: readonly (readonly [names: readonly string[], what: string])[] = [
  [['datasource.password', 'spring.datasource.password'], 'the password of the FHIR database'],
  [['email.password', 'hapi.fhir.subscription.email.password'], 'the password of the mail account'],
  [['elasticsearch.password', 'spring.elasticsearch.password'], 'the password of the search index'],
  [['server.ssl.key-store-password'], 'the password of the TLS keystore'],
];

/** Credentials that are written out. An embedded database has none worth the name. */
export function secrets(file: Properties) {
  const embedded = readJdbc(database(file, 'url').raw ?? '')?.embedded;
  return credentials.flatMap(([names, what], at) => {
    const { raw, span } = place(file, ...names);
    if (raw === undefined || raw === '' || (at === 0 && embedded)) return [];
    return [{ label: 'This file', span, what, kept: known(keptOf(raw, varies), span) }];
  });
}

/** The account of the server in its database. */
export function databaseAccounts(file: Properties) {
  const account = database(file, 'username');
  const administrator = administers(database(file, 'url'), account, varies);
  return administrator ? [{ label: 'The FHIR server', span: account.span, administrator }] : [];
}

/** Which web sites may ask the server through a browser, and whether with the log-in of whoever opens them. */
export function logins(file: Properties): readonly (Fact & Fields<LoginFields>)[] {
  const origins = place(file, 'cors.allowed_origin', 'cors.allow_origin', 'hapi.fhir.cors.allowed_origin');
  const on = stated(place(file, 'cors.enabled'), trueFalse);
  if (origins.raw === undefined || (on && on.kind !== 'undetermined' && !on.value)) return [];
  const label = 'The FHIR server';
  if (origins.obscured !== undefined) return [{ label, span: origins.span, anySite: undetermined(origins.span, origins.obscured) }];
  const any = origins.raw.split(',').some((one) => one.trim() === '*');
  const signedIn = stated(place(file, 'cors.allowCredentials', 'hapi.fhir.cors.allow_Credentials'), trueFalse);
  const anySiteSignedIn: Setting<boolean> | undefined = !signedIn || signedIn.kind === 'undetermined' ? signedIn
    : { ...signedIn, value: signedIn.value && any, write: (open) => signedIn.write(open) };
  return [{ label, span: origins.span, anySite: known(any, origins.span), anySiteSignedIn }];
}
