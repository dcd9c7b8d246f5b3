import type { Analysis } from '#engine/analysis.js';
import { keptOf, type SecretFields } from '#concepts/secret.js';
import { tlsVersions, type TlsVersion } from '#concepts/channel.js';
import { isThisMachine } from '#concepts/network-names.js';
import { filledIn } from '#engine/holes.js';
import { inReleases, type Changed, type Releases } from '#engine/release.js';
import { known, observe, stated, undetermined, type Setting } from '#engine/setting.js';
import { table } from '#engine/table.js';
import { administers, databaseWay } from '#notations/jdbc.js';
import { slot, type Properties } from '#notations/properties.js';
import { releasesByImage } from '#notations/running-images.js';
import { names, number, place, source, statedText, trueFalse, varies } from './reading.js';

const kinds = ['password.minupper', 'password.minlower', 'password.minnumeric', 'password.minspecial'] as const;

/** What passwords of the administrator program must be. 0 switches a demand off, -1 forbids a kind of character. */
export function passwordPolicy(file: Properties) {
  const length = number(file, 'password.minlength');
  return { label: 'Mirth Connect', span: length.span, length, classes: classes(file), history: history(file), maximumAge: maximumAge(file), hash: hash(file) };
}

function classes(file: Properties): Setting<number> {
  const all = kinds.map((key) => number(file, key));
  const open = all.find((one) => one.kind === 'undetermined');
  if (open) return open;
  const values = all.map((one) => (one.kind === 'undetermined' ? 0 : one.value));
  const write = (wanted: number) => all.filter((_one, i) => values[i]! <= 0).slice(
    0, Math.max(0, wanted - values.filter((value) => value > 0).length)
  ).flatMap((one) => (one.kind === 'undetermined' ? [] : one.write(1)));
  const chief = all.find((one) => one.kind === 'stated') ?? all[0]!;
  const value = values.filter((count) => count > 0).length;
  return chief.kind === 'default' ? { kind: 'default', span: chief.span, source, value, write } : known(value, chief.span, write);
}

/** `reuselimit` counts how often one password may come back, `reuseperiod` for how many days it may not; -1 means never again. */
function history(file: Properties): Setting<number> {
  const limit = number(file, 'password.reuselimit');
  const period = number(file, 'password.reuseperiod');
  if (limit.kind === 'undetermined') return limit;
  if (period.kind === 'undetermined') return period;
  if (limit.value === -1 || period.value === -1) return known(Infinity, limit.value === -1 ? limit.span : period.span);
  if (period.value > 0) return undetermined(period.span, 'password.reuseperiod bars earlier passwords by days, not by their number');
  return { ...limit, value: 0, write: () => limit.write(-1) };
}

function maximumAge(file: Properties): Setting<number> {
  const days = number(file, 'password.expiration');
  return days.kind === 'undetermined' ? days : {
    ...days, value: days.value <= 0 ? Infinity : days.value, write: (wanted) => days.write(wanted === Infinity ? 0 : wanted),
  };
}

function hash(file: Properties): Setting<'strong' | 'weak'> | undefined {
  const algorithm = statedText(file, 'digest.algorithm');
  return algorithm && observe(algorithm, (name) => (/^PBKDF2/i.test(name) ? 'strong' : 'weak'));
}

/** Both must be set: without a period, nobody is locked out. */
export function lockout(file: Properties) {
  const limit = number(file, 'password.retrylimit');
  const period = number(file, 'password.lockoutperiod');
  const attempts: Setting<number> = limit.kind === 'undetermined' ? limit : period.kind === 'undetermined' ? period : {
    ...limit,
    value: limit.value > 0 && period.value > 0 ? limit.value : Infinity,
    write: (wanted) => [...limit.write(wanted), ...(period.value > 0 ? [] : period.write(1))],
  };
  return { label: 'Mirth Connect', span: attempts.span, attempts };
}

/** The versions of TLS in a list. `SSLv2Hello` is only the form of a greeting. */
function least(list: Setting<readonly string[]>): Setting<TlsVersion> {
  if (list.kind === 'undetermined') return list;
  const version = (name: string) => (
    table({ SSLv2: 'SSLv2', SSLv3: 'SSLv3', TLSv1: '1.0', 'TLSv1.0': '1.0', 'TLSv1.1': '1.1', 'TLSv1.2': '1.2', 'TLSv1.3': '1.3' }) as Readonly<Record<string,
    TlsVersion>>
  )[name];
  const spoken = list.value.flatMap((name) => version(name) ?? []).sort((a, b) => tlsVersions.indexOf(a) - tlsVersions.indexOf(b));
  if (spoken.length === 0) return undetermined(list.span, 'the list names no version of TLS that is known');
  return {
    ...list,
    value: spoken[0]!,
    write: (wanted) => {
      const kept = list.value.filter((name) => { const own = version(name); return own !== undefined
        && tlsVersions.indexOf(own) >= tlsVersions.indexOf(wanted); });
      return list.write(kept.length > 0 ? kept : wanted === '1.3' ? ['TLSv1.3'] : ['TLSv1.3', 'TLSv1.2']);
    },
  };
}

/** Suites without encryption or authentication, or with a cipher that is broken. */
const weakSuite = /_NULL_|_anon_|_EXPORT_|_RC4_|_3DES_|_DES_|_DES40_|_RC2_|_MD5$/;
const dependsOnVersion = { because: 'which are used by default depends on the version of Mirth Connect' };

/** Which versions are spoken where the file names none: MirthSSLUtil.java of 3.4 to 4.5. */
const protocols: Changed<readonly string[]> = {
  product: 'Mirth Connect', page: 'MirthSSLUtil.java', values: [['3.4', ['TLSv1.2', 'TLSv1.1']], ['4.0', ['TLSv1.3', 'TLSv1.2']]], to: '4.5',
};
const protocolsIn = (used: Releases | undefined, end: string) => inReleases(protocols, used, `state https.${end}.protocols`);

/** The administration server, what the server connects to, and its databases. */
export function ends(file: Properties, analysis: Analysis) {
  const used = releasesByImage(analysis, /(?:^|\/)(?:nextgenhealthcare\/connect|openintegrationengine\/engine)$/);
  const port = slot(file, 'https.port');
  const suites = names(file, 'https.ciphersuites', dependsOnVersion);
  const weakCiphers = suites.kind === 'undetermined' ? filledIn(slot(file, 'https.ciphersuites').raw, suites.span) : {
    ...suites, value: suites.value.filter((name) => weakSuite.test(name)),
    write: () => suites.write(suites.value.filter((name) => !weakSuite.test(name))),
  };
  const server = {
    label: 'The administration server',
    span: port.span,
    role: 'listens' as const,
    protocol: 'https',
    port: /^\d{1,5}$/.test(port.raw ?? '') ? Number(port.raw) : undefined,
    leastVersion: least(names(file, 'https.server.protocols', protocolsIn(used, 'server'))),
    weakCiphers,
    strictTransport: stated(place(file, 'http.stricttransportsecurity'), trueFalse),
  };
  const clients = names(file, 'https.client.protocols', protocolsIn(used, 'client'));
  const client = { label: 'The TLS client of the server', span: clients.span, role: 'connects' as const, protocol: 'https', leastVersion: least(clients) };
  const databases = [['database.url', 'the message database'], ['database-readonly.url', 'the read-only message database']].flatMap(([key, what]) => {
    const way = databaseWay(slot(file, key!), isThisMachine, varies);
    return way ? [{ ...way, label: `The connection to ${what}`, span: slot(file, key!).span }] : [];
  });
  return [server, client, ...databases];
}

/** The accounts of the server in its databases. */
export function databaseAccounts(file: Properties) {
  return ['database', 'database-readonly'].flatMap((name) => {
    const account = slot(file, `${name}.username`);
    const administrator = administers(slot(file, `${name}.url`), account, varies);
    return administrator ? [{ label: 'Mirth Connect', span: account.span, administrator }] : [];
  });
}

/** The keystore passwords of the shipped files. */
const shipped: ReadonlySet<string> = new Set(['81uWxplDtB']);

export function secrets(file: Properties) {
  const encrypts = slot(file, 'encryption.properties');
  const databases = [
    ['database.password', 'the password of the message database'], ['database-readonly.password', 'the password of the read-only message database'],
  ].flatMap(([key, what]) => {
    const { raw, span } = slot(file, key!);
    if (raw === undefined || raw === '') return [];
    const kept = keptOf(raw, (said) => varies(said) || said.startsWith('{enc}') || encrypts.raw === '1');
    const fixed = {
      ...known(kept, span, () => encrypts.write('1')),
      caution: 'The server writes the encrypted password into this file when it next starts; it needs its keystore to read it.',
    };
    return [{ label: 'This file', span, what: what!, kept: kept === 'clear' ? fixed : known(kept, span) }];
  });
  const stores = ['keystore.storepass', 'keystore.keypass'].flatMap((key) => {
    const { raw, span } = slot(file, key);
    // Passwords that the server made itself can be nowhere else: they are as they should be.
    return raw === undefined ? [] : [{
      label: 'This file', span, what: `${key}, the password of the keystore`,
      kept: known<SecretFields['kept']>(shipped.has(raw) ? 'default' : 'referenced', span),
    }];
  });
  return [...databases, ...stores];
}

