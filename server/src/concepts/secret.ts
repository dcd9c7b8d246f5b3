import { concept } from '#engine/concept.js';
import { known } from '#engine/setting.js';
import { withoutTail, type Span } from '#engine/text.js';
import { credentialsNear } from './credential-text.js';
import { credentialsWithin } from './credential-value.js';

/** A credential in a file. The fact never holds the credential, only how it is kept and where it stands. */
export const Secret = concept<SecretFields, SecretUse>('Secret', ({ span, kept, credential }, text) => {
  if (credential) return [credential];
  return !kept || kept.kind === 'undetermined' || kept.value === 'referenced' ? [] : credentialsNear(text, shorter(kept.span, span));
});

const shorter = (a: Span, b: Span): Span => (b.end - b.start < a.end - a.start ? b : a);

export interface SecretFields {
  /**
   * `clear`: readable as it stands. `reversible`: encoded or encrypted with a known key. `weak hash`: can be guessed fast.
   * `default`: the value the product ships with. `hashed`, `referenced`: as it should be.
   */
  kept: 'clear' | 'reversible' | 'weak hash' | 'default' | 'hashed' | 'referenced';
}

export interface SecretUse {
  /** What the credential opens, as a noun phrase: `the SNMP community`, `the database password`. */
  readonly what: string;
  /** Where the credential itself stands, if its statement does not tell (see {@link credentialsNear}). */
  readonly credential?: Span | undefined;
}

/**
 * Whether a text is a stand-in and no credential: empty, a variable, a template hole, a file reference, or words that ask a person to put
 * one there. A word that works as a password, such as `changeme`, is a credential that everybody knows.
 */
export function isStandIn(text: string): boolean {
  const said = text.trim();
  const otherwise = fallbackOf(said);
  if (otherwise !== undefined) return isStandIn(otherwise);
  return /^$|^\$|\$\{|\{\{|^<.*>$|^\[%.*%\]$|^%\w+%$|^\*+$|^x{3,}$|^__\w+__$|^@[A-Z_][\w.]*@$|^#\{.*\}#?$|^(REDACTED|PLACEHOLDER|TODO|TBD|FIXME)$/i.test(said) || asks.test(said);
}

/** Words that ask for something else in their place: `REPLACE_ME`, `INSERT_TOKEN`, `your-api-key`, `put the key here`. */
const asks = /^replace|^(insert|enter|put|paste|fill[-_ ]?in|provide|add)[-_ ](?:your|the|a|an|my|[A-Z\d_]+$|\w+[-_ ]here$)|^your[-_ ]|^my[-_ ]?(api[-_ ]?key|token|secret)[-_ ]here$|[-_ ]here$/i;

/**
 * What a text that is one placeholder comes to where nothing fills it in: `${NAME:value}` as Spring has it, `${NAME:-value}` or `${NAME-value}` as
 * shells and Compose have it. Empty for `${NAME}` and for one that fails instead (`${NAME:?message}`), `undefined` for any other text.
 */
export function fallbackOf(text: string): string | undefined {
  const match = /^\$\{([\w.-]{1,200}?)(?:(:?[-=?+]|:)([^]{0,2000}))?\}$/.exec(text.trim());
  if (!match) return undefined;
  const [, name, how = '', said = ''] = match;
  // `${env:NAME}`, `${file:path}`: what stands behind the colon names where the value is.
  const isLookup = how === ':' && /^(env|environment|sys|file|vault|ssm|secrets?|kv|opt|self|cf|sm|aws|gcp|azure|oc|ctx|date|main|java|script|url|const|base64|docker|k8s)$/i.test(name!);
  if (!isBalanced(said)) return undefined;
  return isLookup || /[?+]$/.test(how) ? '' : fallbackOf(said) ?? said;
}

/** Whether every brace that closes was opened before: else the text is more than one placeholder. */
function isBalanced(text: string): boolean {
  let depth = 0;
  for (const char of text) if (char === '{') depth++;
    else if (char === '}' && --depth < 0) return false;
  return depth === 0;
}

/** How a text under the name of a credential is kept, where it may come from elsewhere and some texts are shipped. */
export function keptOf(text: string, varies: (said: string) => boolean, isShipped: (said: string) => boolean = () => false): SecretFields['kept'] {
  const said = fallbackOf(text) ?? text;
  return varies(said) || isStandIn(said) ? 'referenced' : isShipped(said) ? 'default' : 'clear';
}

/**
 * Whether a setting of this name with this value is a credential written out: the name says so and the value is no stand-in,
 * switch, number, path or reference; or the value alone gives itself away, such as a private key or a URL with a password.
 */
export function isCredential(name: string, value: string): boolean {
  const said = fallbackOf(value) ?? value.trim();
  if (said.length < 3 || isStandIn(said) || repeats(name, said)) return false;
  const within = credentialsWithin(said);
  const plain = within.find((one) => one.name === undefined);
  if (plain) return !isStandIn(plain.value);
  return within.some((one) => isNamed(one.name!, one.value)) || isNamed(name, said);
}

/** Whether a name is that of a credential and the value is one. */
function isNamed(name: string, said: string): boolean {
  return said.length >= 3 && namesCredential(name) && !isStandIn(said) && !isReference(said);
}

/** Whether a value is but the name of its setting, to be replaced: `API_KEY_VALUE` under `API_KEY`. */
function repeats(name: string, said: string): boolean {
  return /^[A-Z][A-Z\d]*_[A-Z\d_]+$/.test(said) && said.startsWith(name.toUpperCase()) && /^(_?(VAL|VALUE|HERE|XXX+))?$/.test(said.slice(name.length));
}

/** Whether a name is that of a credential: `DB_PASSWORD`, `apiKey`, not `PASSWORD_FILE` or `token_ttl`. */
export function namesCredential(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  const said = words.join('_');
  if (/^(public|csrf|xsrf)_/.test(said)) return false;
  if (/^(pass|pwd|pw|password|passwd|passphrase|passcode|secret|token|apikey|psk|credential|credentials)\d*$/.test(last)) return true;
  if (/\w(password|passwd|passphrase|pass|pwd)\d*$/.test(last)) return !/(bypass|compass|trespass|overpass|underpass|surpass|proxypass)$/.test(last);
  if (/^(auth|bind|root|admin|db|user|ldap|smtp|mail|ftp|sql|mysql|wifi|service)pw\d*$/.test(last) || words.some((word) => /^(password|passwd)$/.test(word)) && /^\d+$/.test(last)) return true;
  // The cookie by which the nodes of an Erlang cluster let each other in, or a browser is let in.
  if (/^cookie$|(^|_)(erlang|erl|release|nodes?|cluster|emqx|rabbitmq)_cookie$/.test(said)) return true;
  if (/(^|_)(keystore|truststore|key_store|trust_store|token|user|so|sim|smartcard)_pin$/.test(said)) return true;
  return /(^|_)(api|access|secret|private|enc|encryption|crypto|signing|signature|master|account|auth|storage|jwt|session|license|shared|subscription|function|admin|pre_shared|preshared)_?key(_?(base|base64|value|b64|\d+))?$/.test(said)
    || /(access|secret|private|encryption|account|auth|api)key\d*$/.test(last) || /(^|_)(password|secret|token)_(value|key|base64|base|b64|data)$/.test(said);
}

/** The words of a name, however they are joined: `apiUserName`, `api.user-name`. */
function wordsOf(name: string): readonly string[] {
  return name.slice(0, 200).replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase().split(/[^a-z0-9]+/).filter(Boolean);
}

/** What a name says that is no credential, by its last word, where secrets are kept together with what belongs to them. */
const plain = new Set([
  'address', 'addr', 'ip', 'host', 'hostname', 'port', 'url', 'uri', 'endpoint', 'server', 'servers', 'broker', 'path', 'file', 'dir', 'folder', 'region', 'zone', 'domain', 'realm',
  'name', 'user', 'username', 'login', 'account', 'email', 'mail', 'from', 'to', 'sender', 'recipient', 'subject', 'id', 'ids', 'uid', 'gid', 'database', 'db', 'dbname', 'schema', 'table', 'bucket', 'container', 'namespace',
  'level', 'type', 'kind', 'mode', 'method', 'protocol', 'scheme', 'algorithm', 'version', 'enabled', 'disabled', 'debug', 'timeout', 'ttl', 'size', 'count', 'limit', 'interval', 'env', 'environment', 'locale', 'language', 'lang',
  'issuer', 'audience', 'scope', 'scopes', 'role', 'roles', 'group', 'groups', 'provider', 'driver', 'dialect', 'sslmode', 'tenant', 'project', 'organization', 'org', 'team', 'description', 'title', 'prefix', 'suffix',
  'pub', 'crt', 'pem', 'cert', 'certificate', 'ca',
]);

/** Whether a name says that its value belongs to a credential and is none: an address, the name of a user, an identifier. */
export function namesPlainly(name: string): boolean {
  const last = wordsOf(name).at(-1) ?? '';
  return !namesCredential(name) && (plain.has(withoutTail(last, '0123456789')) || /(user|account|host|db|database|server|bucket|container|client|tenant|realm|storage|queue|topic|file)(name|id)$/.test(last) || /(address|url|uri|host|port|email)$/.test(last));
}

/** What a file spells out under a name, as a fact where it is a credential. The credential itself goes nowhere. */
export function spelledOut(label: string, name: string, value: string, span: Span) {
  if (!isCredential(name, value)) return [];
  return [{ label, span, what: namesCredential(name) ? `the value of ${name.slice(0, 60)}` : 'a credential', kept: known<SecretFields['kept']>('clear', span) }];
}

/** Switches, numbers, paths, plain addresses, references to a store of secrets, and text that is already encrypted or hashed. */
function isReference(said: string): boolean {
  return (
    /^(true|false|yes|no|on|off|none|null|nil|disabled|enabled|required|optional|default|env|file|vault|secret|password|token|-?\d{1,3}(\.\d+)?[smhd]?)$/i.test(said) && !/^(password|secret|default|token)$/i.test(said) ||
    /^(\.{0,2}\/|[a-z]:\\|~\/)/i.test(said) && said.length < 200 ||
    /^(vault|ref\+|file|env|arn|aws|gcp|azurekeyvault|projects\/|op|secretref|ssm|sm|keyvault|bao|sops|ksm|https?|kms):/i.test(said) || /^projects\//.test(said) ||
    /\$\(|\$[A-Z_]{2,}|^ENC\[|^ENC\(|^AQICA|^\$(1|2[aby]|5|6|argon2|pbkdf2|scrypt|y)\$|^\{(SSHA|SSHA512|CRYPT|ARGON2|PBKDF2)/.test(said)
  );
}
