import { documented } from '#engine/release.js';
import { upTo } from '#engine/text.js';
import type { ChannelEnds, ChannelFields } from '#concepts/channel.js';
import type { LoginFields } from '#concepts/login.js';
import { hostOfUrl, isThisMachine } from '#concepts/network-names.js';
import { isStandIn, type SecretFields } from '#concepts/secret.js';
import type { Fact, Fields } from '#engine/concept.js';
import { filledIn } from '#engine/holes.js';
import { known, undetermined, type Setting, type Undetermined } from '#engine/setting.js';
import { isAdministrator } from '#notations/jdbc.js';
import { elements, nodeAt, type Json } from '#notations/json.js';
import { pathOf, switchAt, switchOr, textAt, varies, withWord, wordOf } from './reading.js';

type End = Fact & ChannelEnds & Fields<ChannelFields>;
type Protection = 'none' | 'opportunistic' | 'encrypted';

/** The database, the identity provider, and the storage that exports go to. */
export function ends(file: Json): readonly End[] {
  const storage = [
    ['FhirServer', 'Operations', 'Export', 'StorageAccountConnection'],
    ['FhirServer', 'Operations', 'IntegrationDataStore', 'StorageAccountConnection'],
  ];
  return [
    ...sql(file), ...byUrl(file, ['FhirServer', 'Security', 'Authentication', 'Authority'], 'The connection to the identity provider'),
    ...byUrl(file, ['CosmosDb', 'Host'], 'The connection to the FHIR database'), ...storage.flatMap((path) => store(file, path)),
  ];
}

const unknown = (open: Undetermined) => ({ reach: open, protection: open, peerVerified: open });

/** Microsoft.Data.SqlClient encrypts and checks the certificate unless it is told otherwise, since version 4. */
function sql(file: Json): readonly End[] {
  const slot = textAt(file, 'SqlServer', 'ConnectionString');
  const text = slot.raw ?? '';
  const server = wordOf(text, 'Server', 'Data Source', 'Address', 'Addr', 'Network Address');
  const open = server === undefined ? filledIn(slot.raw, slot.span) : undefined;
  if (open) return [{ label: 'The connection to the FHIR database', span: slot.span, role: 'connects', protocol: 'sqlserver', ...unknown(open) }];
  if (server === undefined) return [];
  const host = upTo(server.replace(/^(?:tcp|np|lpc):/i, ''), ',\\');
  // SQL Server has two more names for its own machine.
  const local = isThisMachine(host) || host === '.' || /^\(local/i.test(server);
  const encrypt = (wordOf(text, 'Encrypt') ?? 'true').toLowerCase();
  const trusts = /^(?:true|yes)$/i.test(wordOf(text, 'TrustServerCertificate') ?? 'false');
  const off = /^(?:false|no|optional)$/.test(encrypt);
  const write = () => slot.write(withWord(withWord(text, 'Encrypt', 'True'), 'TrustServerCertificate', 'False'));
  const caution = 'The database server needs a certificate that this machine trusts, for the name in the connection string.';
  return [{
    label: 'The connection to the FHIR database', span: slot.span, role: 'connects', protocol: 'sqlserver', address: varies(host) ? undefined : host,
    reach: varies(host) ? undetermined(slot.span, 'a variable names the database server') : known(local ? 'loopback' : 'network', slot.span),
    protection: { ...known<Protection>(off ? 'none' : 'encrypted', slot.span, write), caution },
    peerVerified: off ? undefined : { ...known(!trusts, slot.span, write), caution },
  }];
}

/** The account of the server in its database, where the connection string names one. */
export function databaseAccounts(file: Json) {
  const slot = textAt(file, 'SqlServer', 'ConnectionString');
  const account = wordOf(slot.raw ?? '', 'User ID', 'UID', 'User');
  if (account === undefined || varies(account)) return [];
  return [{ label: 'The FHIR server', span: slot.span, administrator: known(isAdministrator('sqlserver', account), slot.span) }];
}

function byUrl(file: Json, path: readonly string[], label: string): readonly End[] {
  const slot = textAt(file, ...path);
  const match = /^(https?):\/\/(\[[^\]]*\]|[^:/?#]*)/i.exec(slot.raw ?? '');
  const open = match ? undefined : filledIn(slot.raw, slot.span);
  if (open) return [{ label, span: slot.span, role: 'connects', protocol: 'http', reach: open, protection: open }];
  if (!match) return [];
  const [, scheme, host] = match;
  const reach: Setting<'loopback' | 'network'> = varies(host!) ? undetermined(slot.span, 'a variable names the host') : known(
    isThisMachine(host!) ? 'loopback' : 'network', slot.span
  );
  const protection = known<Protection>(
    scheme!.toLowerCase() === 'https' ? 'encrypted' : 'none', slot.span,
    (wanted) => (wanted === 'encrypted' ? slot.write(slot.raw!.replace(/^http:/i, 'https:')) : [])
  );
  return [{ label, span: slot.span, role: 'connects', protocol: 'http', address: varies(host!) ? undefined : host, reach, protection }];
}

function store(file: Json, path: readonly string[]): readonly End[] {
  const slot = textAt(file, ...path);
  const protocol = wordOf(slot.raw ?? '', 'DefaultEndpointsProtocol')?.toLowerCase();
  const open = protocol === undefined ? filledIn(slot.raw, slot.span) : undefined;
  if (open) return [{ label: 'The connection to the export storage', span: slot.span, role: 'connects', protocol: 'http', reach: open, protection: open }];
  if (protocol === undefined) return [];
  const write = () => slot.write(withWord(slot.raw!, 'DefaultEndpointsProtocol', 'https'));
  return [{
    label: 'The connection to the export storage', span: slot.span, role: 'connects', protocol: 'http', reach: known('network', slot.span),
    protection: known<Protection>(protocol === 'https' ? 'encrypted' : 'none', slot.span, write),
  }];
}

/** Keys and passwords that are written out, alone or inside of connection strings. */
export function secrets(file: Json) {
  const whole = [[['CosmosDb', 'Key'], 'the key of the FHIR database']] as const;
  const inside = [
    [['SqlServer', 'ConnectionString'], 'the password of the FHIR database'], [
      ['FhirServer', 'Operations', 'Export', 'StorageAccountConnection'], 'the key of the export storage',
    ],
    [['FhirServer', 'Operations', 'IntegrationDataStore', 'StorageAccountConnection'], 'the key of the import storage'],
  ] as const;
  const all = [...whole.map(([path, what]) => ({ slot: textAt(file, ...path), what, text: textAt(file, ...path).raw })),
    ...inside.map(([path, what]) => ({
      slot: textAt(file, ...path), what, text: wordOf(textAt(file, ...path).raw ?? '', 'Password', 'Pwd', 'AccountKey', 'SharedAccessSignature'),
    }))];
  // The emulator of the database has one key for everybody, and runs on the developer's own machine.
  const emulated = isThisMachine(hostOfUrl(textAt(file, 'CosmosDb', 'Host').raw ?? '') ?? '');
  return all.flatMap(({ slot, what, text }) => {
    if (text === undefined || text === '' || (emulated && what === 'the key of the FHIR database')) return [];
    return [{
      label: 'This file', span: slot.span, what,
      kept: known<SecretFields['kept']>(varies(text) || isStandIn(text) ? 'referenced' : 'clear', slot.span),
    }];
  });
}

/** Who may ask the server. */
export function logins(file: Json): readonly (Fact & Fields<LoginFields>)[] {
  const anySiteSignedIn = origins(file);
  const asked = switchAt(file, 'FhirServer', 'Security', 'Enabled');
  const builtIn = switchAt(file, 'DevelopmentIdentityProvider', 'Enabled');
  return [
    ...(asked ? [{
      label: 'The FHIR server', span: asked.span,
      anonymous: asked.kind === 'undetermined' ? asked : {
        ...asked, value: !asked.value, write: (open: boolean) => asked.write(!open),
        caution: 'Authority and Audience of an identity provider must be set, and every client needs a token.',
      },
    }] : []),
    ...(builtIn ? [{ label: 'The development identity provider', span: builtIn.span, defaultCredential: builtIn }] : []),
    ...(anySiteSignedIn ? [{ label: 'The FHIR server', span: anySiteSignedIn.span, anySiteSignedIn }] : []),
  ];
}

/** Whether pages of any web site may ask with the log-in of the person who opens them. */
function origins(file: Json): Setting<boolean> | undefined {
  const named = elements(nodeAt(file, pathOf(file, ['FhirServer', 'Cors', 'Origins']))).map(({ value }) => String(value));
  const credentials = switchOr(file, { value: false, source: documented('Microsoft FHIR server', '2.0 to 5.0', 'appsettings.json') }, 'FhirServer', 'Cors', 'AllowCredentials');
  if (named.length === 0 || credentials.kind === 'undetermined') return named.length === 0 ? undefined : credentials;
  return credentials.kind === 'default' ? known(false, credentials.span) : { ...credentials, value: credentials.value && named.includes('*') };
}
