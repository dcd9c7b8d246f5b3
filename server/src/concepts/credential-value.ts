import { decodeBase64 } from '#engine/base64.js';

/** A credential that the form of a value gives away, whatever the name it stands under. */
export interface WithinValue {
  /** The name it has inside the value, where it has one: `Password` of a connection string, `apikey` of a query. */
  readonly name?: string;
  readonly value: string;
}

/** Tokens that their issuers made to be told apart: of AWS, GitHub, GitLab, Slack, Stripe, Google, and JSON web tokens. */
const tokens = [
  /^(?:AKIA|ASIA)[A-Z0-9]{16}$/, /^gh[pousr]_\w{30,255}$/, /^github_pat_\w{40,255}$/, /^glpat-[\w-]{20,255}$/, /^xox[abeprs]-[\w-]{10,255}$/,
  /^[sr]k_live_\w{16,255}$/, /^AIza[\w-]{35}$/, /^eyJ[\w-]{8,4000}\.eyJ[\w-]{2,4000}\.[\w-]{0,4000}$/,
];

/**
 * The credentials inside a value: a private key, a token that is known by its look, the password of a URL, what an `Authorization`
 * header carries (`Basic`, `Bearer`), the pairs of a connection string (`Server=…;Password=…`), of a query (`?apikey=…`) and of JSON.
 * Whether each is a stand-in is for the caller to say, and whether a name is that of a credential.
 */
export function credentialsWithin(value: string): readonly WithinValue[] {
  const said = value.trim();
  if (said.length > 20_000) return [];
  if (/^-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/.test(said) || tokens.some((token) => token.test(said))) return [{ value: said }];
  const header = /^(Basic|Bearer|Token|ApiKey|Digest)\s+(\S.{3,8000})$/is.exec(said);
  if (header) return ofHeader(header[1]!.toLowerCase(), header[2]!.trim());
  if (said.startsWith('{')) return ofJson(said);
  const inUrl = /^(?:jdbc:)?[a-z][a-z0-9+.-]{1,30}:\/\/[^/\s:@]{0,100}:([^/\s@]{1,200})@/i.exec(said)?.[1];
  return [...(inUrl === undefined ? [] : [{ value: inUrl }]), ...ofQuery(said), ...ofConnectionString(said)];
}

/** `Basic` is user and password in base64; a bearer token has no blank, and is no word of prose. */
function ofHeader(scheme: string, rest: string): readonly WithinValue[] {
  if (/[\s,]/.test(rest)) return [];
  if (scheme !== 'basic') return /^[$<{%!]|\$\{|\{\{/.test(rest) || /^[a-z]{1,20}$/i.test(rest) ? [] : [{ value: rest }];
  const password = /^[^:\u0000-\u001f]{0,200}:([^\u0000-\u001f]{1,200})$/.exec(decodeBase64(rest) ?? '')?.[1];
  return password === undefined ? [] : [{ value: password }];
}

/** The parameters of a URL. */
function ofQuery(said: string): readonly WithinValue[] {
  const begins = /^(?:jdbc:)?[a-z][a-z0-9+.-]{1,30}:\/\//i.test(said) ? said.indexOf('?') : -1;
  if (begins < 0) return [];
  return said.slice(begins + 1).split('#')[0]!.split('&').flatMap((pair) => {
    const sign = pair.indexOf('=');
    if (sign <= 0) return [];
    const [name, value] = [pair.slice(0, sign), decoded(pair.slice(sign + 1))];
    // A signature that stands for a log-in, and a key so long that it is none of a map.
    return [/^(sig|signature|key|code)$/i.test(name) && /^[\w%+/=-]{20,}$/.test(value) && /\d/.test(value) ? { value } : { name, value }];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Pairs with `;` between, of ODBC, ADO.NET, JDBC and Azure, or with blanks between, of libpq (`host=… password=…`): two at the least. */
function ofConnectionString(said: string): readonly WithinValue[] {
  const separated = said.includes(';') ? said.split(';') : /^[a-z_]{2,30}=\S/i.test(said) && !said.includes('&') ? said.split(/\s+/) : [];
  const pairs = separated.flatMap((part) => {
    const sign = part.indexOf('=');
    const name = part.slice(0, Math.max(sign, 0)).trim();
    return sign > 0 && /^[a-z][\w ]{0,40}$/i.test(name) ? [{ name: name.replace(/ /g, '_'), value: part.slice(sign + 1).trim().replace(/^(['"])(.*)\1$/s, '$2') }] : [];
  });
  return pairs.length > 1 ? pairs : [];
}

/** The texts of JSON under their names, at whatever depth. */
function ofJson(said: string): readonly WithinValue[] {
  const found: WithinValue[] = [];
  const waiting: [unknown, number][] = [];
  try {
    waiting.push([JSON.parse(said), 0]);
  } catch {
    return [];
  }
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [node, depth] = next;
    if (typeof node !== 'object' || node === null || depth > 20) continue;
    for (const [name, value] of Object.entries(node)) {
      if (typeof value !== 'string') waiting.push([value, depth + 1]);
      else if (!Array.isArray(node)) found.push({ name, value });
    }
  }
  return found;
}
