import { isFilledIn } from '#engine/holes.js';
import { known, undetermined, type Setting, type Slot } from '#engine/setting.js';
import { table } from '#engine/table.js';

/** Connection strings of Java database drivers: who is at the other end, and what is asked of TLS. */
export interface Jdbc {
  /** As it stands behind `jdbc:`: `postgresql`, `mysql`, `sqlserver`, `h2`, `oracle`. */
  readonly driver: string;
  /** Empty where the database is in this process or a file. */
  readonly host: string;
  readonly port?: number | undefined;
  /** Whether the database needs no network. */
  readonly embedded: boolean;
  readonly protection: 'none' | 'opportunistic' | 'encrypted' | 'unknown';
  /** Whether the server's certificate is checked; unknown where the driver's version decides. */
  readonly verified: boolean | 'unknown';
  /** The string with encryption and verification required; none where this driver's spelling is not known. */
  readonly secured?: string | undefined;
  /** Whether a password stands in the string itself. */
  readonly password: boolean;
}

/**
 * Reads a connection string; `undefined` for one that is not. Defaults are those of the drivers' own documentation:
 * PostgreSQL 42 `sslmode=prefer`, MySQL Connector/J 8 `sslMode=PREFERRED`, MariaDB Connector/J 3 `sslMode=disable`;
 * SQL Server encrypts by default since driver 10, so a string without `encrypt` does not say.
 */
export function readJdbc(url: string): Jdbc | undefined {
  const match = /^jdbc:([a-z0-9]+):/i.exec(url.trim());
  if (!match || url.length > 4000) return undefined;
  const driver = match[1]!.toLowerCase();
  const rest = url.trim().slice(match[0].length);
  const password = /[?&;](?:password|pwd)=[^&;]+/i.test(rest);
  const base = { driver, host: '', embedded: false, protection: 'unknown' as const, verified: 'unknown' as const, password };
  if (driver === 'derby' || driver === 'h2' || driver === 'hsqldb' || driver === 'sqlite') {
    const host = /^(?:tcp|ssl|hsql|hsqls|http|https)?:?\/\/([^:/;]+)/i.exec(rest)?.[1];
    if (host === undefined) return { ...base, embedded: true };
    return { ...base, host, protection: /^(?:ssl|hsqls|https):/i.test(rest) ? 'encrypted' : 'none' };
  }
  switch (driver) {
    case 'postgresql': return query({ ...base, ...hostOf(rest) }, url, postgresql);
    case 'mysql': return query({ ...base, ...hostOf(rest.replace(/^(?:loadbalance|replication):/i, '')) }, url, mysql);
    case 'mariadb': return query({ ...base, ...hostOf(rest.replace(/^(?:sequential|loadbalance|replication|aurora):/i, '')) }, url, mariadb);
    case 'sqlserver': return sqlServer({ ...base, ...hostOf(rest) }, url);
    case 'jtds': return jtds({ ...base, ...hostOf(rest.replace(/^(?:sqlserver|sybase):/i, '')) }, url);
    case 'oracle': return { ...base, ...oracle(rest) };
    default: return { ...base, ...hostOf(rest) };
  }
}

function hostOf(rest: string): { host: string; port?: number } {
  const match = /^\/\/(?:[^@/?;]*@)?(\[[^\]]*\]|[^:/?;,]*)(?::(\d{1,5}))?/.exec(rest);
  return match ? { host: match[1]!, ...(match[2] && { port: Number(match[2]) }) } : { host: '' };
}

type Reading = Pick<Jdbc, 'protection' | 'verified'> & { readonly secure: readonly (readonly [name: string, value: string])[]; readonly drop?: RegExp };

function query(base: Jdbc, url: string, read: (value: (name: string) => string | undefined) => Reading): Jdbc {
  const value = (name: string) => new RegExp(`[?&]${name}=([^&]*)`, 'i').exec(url)?.[1]?.toLowerCase();
  const { protection, verified, secure, drop } = read(value);
  return { ...base, protection, verified, secured: withParameters(url, secure, drop) };
}

/** Sets parameters behind `?`, leaving the others as they are. */
function withParameters(url: string, wanted: readonly (readonly [string, string])[], drop?: RegExp): string {
  let text = drop ? url.replace(drop, (_all, before: string) => (before === '?' ? '?' : '')).replace(/\?&/, '?').replace(/\?$/, '') : url;
  for (const [name, value] of wanted) {
    const stated = new RegExp(`([?&])${name}=[^&]*`, 'i');
    text = stated.test(text) ? text.replace(stated, `$1${name}=${value}`) : `${text}${text.includes('?') ? '&' : '?'}${name}=${value}`;
  }
  return text;
}

function postgresql(value: (name: string) => string | undefined): Reading {
  const ssl = value('ssl');
  const mode = value('sslmode') ?? (ssl !== undefined && ssl !== 'false' ? 'verify-full' : 'prefer');
  const lenient = value('sslfactory')?.includes('nonvalidatingfactory') === true;
  const encrypted = mode === 'require' || mode.startsWith('verify');
  return {
    protection: mode === 'disable' ? 'none' : encrypted ? 'encrypted' : 'opportunistic',
    verified: mode.startsWith('verify') && !lenient,
    secure: [['sslmode', 'verify-full']],
    drop: /([?&])sslfactory=[^&]*NonValidatingFactory/i,
  };
}

function mysql(value: (name: string) => string | undefined): Reading {
  const mode = value('sslmode') ?? (value('usessl') === 'false'
    ? 'disabled'
    : value('usessl') === 'true' && value('verifyservercertificate') === 'true'
    ? 'verify_ca'
    : value('requiressl') === 'true'
    ? 'required'
    : 'preferred');
  return {
    protection: mode === 'disabled' ? 'none' : mode === 'preferred' ? 'opportunistic' : 'encrypted',
    verified: mode.startsWith('verify'),
    secure: [['sslMode', 'VERIFY_IDENTITY']],
    drop: /([?&])(?:useSSL|requireSSL|verifyServerCertificate)=[^&]*/gi,
  };
}

function mariadb(value: (name: string) => string | undefined): Reading {
  const mode = value('sslmode') ?? (value('usessl') === 'true' ? (value('trustservercertificate') === 'true' ? 'trust' : 'verify-full') : 'disable');
  return {
    protection: mode === 'disable' || mode === 'disabled' ? 'none' : 'encrypted', verified: mode.startsWith('verify'),
    secure: [['sslMode', 'verify-full']], drop: /([?&])(?:useSSL|trustServerCertificate)=[^&]*/gi,
  };
}

function sqlServer(base: Jdbc, url: string): Jdbc {
  const value = (name: string) => new RegExp(`;\\s*${name}\\s*=([^;]*)`, 'i').exec(url)?.[1]?.trim().toLowerCase();
  const encrypt = value('encrypt');
  const trusts = value('trustservercertificate');
  const server = base.host === '' ? { host: value('servername') ?? '' } : {};
  const set = (text: string, name: string, wanted: string) => {
    const stated = new RegExp(`(;\\s*)${name}\\s*=[^;]*`, 'i');
    return stated.test(text) ? text.replace(stated, `$1${name}=${wanted}`) : `${text.replace(/;?$/, '')};${name}=${wanted}`;
  };
  return {
    ...base, ...server,
    protection: encrypt === undefined ? 'unknown' : encrypt === 'false' || encrypt === 'no' || encrypt === 'optional' ? 'none' : 'encrypted',
    verified: trusts === undefined ? (encrypt === undefined ? 'unknown' : true) : trusts !== 'true',
    secured: set(set(url, 'encrypt', 'true'), 'trustServerCertificate', 'false'),
  };
}

/** jTDS 1.3: `ssl` is off unless it is stated; only `authenticate` checks the certificate. */
function jtds(base: Jdbc, url: string): Jdbc {
  const ssl = /;\s*ssl\s*=([^;]*)/i.exec(url)?.[1]?.trim().toLowerCase() ?? 'off';
  const secured = /;\s*ssl\s*=/i.test(url) ? url.replace(/(;\s*ssl\s*=)[^;]*/i, '$1authenticate') : `${url.replace(/;?$/, '')};ssl=authenticate`;
  return { ...base, protection: ssl === 'off' ? 'none' : ssl === 'request' ? 'opportunistic' : 'encrypted', verified: ssl === 'authenticate', secured };
}

/** Oracle encrypts by TLS (`tcps`) or by its own native encryption, which the server may ask for. */
function oracle(rest: string): Partial<Jdbc> {
  const tls = /@tcps:|protocol\s*=\s*tcps/i.test(rest);
  const host = /@(?:tcps?:)?(?:\/\/)?([^:/()@?]+)/.exec(rest)?.[1] ?? /host\s*=\s*([^)\s]+)/i.exec(rest)?.[1] ?? '';
  return { host, protection: tls ? 'encrypted' : 'unknown' };
}

/** What a connection string says of the way to the database, for a fact about a channel. */
export interface DatabaseWay {
  readonly role: 'connects';
  /** The driver: `postgresql`, `mysql`. */
  readonly protocol: string;
  readonly address?: string | undefined;
  readonly port?: number | undefined;
  readonly reach: Setting<'loopback' | 'network'>;
  readonly protection: Setting<'none' | 'opportunistic' | 'encrypted'>;
  /** Only where the way is encrypted: without encryption there is nobody to check. */
  readonly peerVerified?: Setting<boolean> | undefined;
}

/**
 * Reads the connection string in a slot; nothing for an embedded database, or where no string stands.
 * `near` says whether a host is this machine, `varies` whether a text holds variables.
 */
export function databaseWay({ span, raw, obscured, write }: Slot, near: (host: string) => boolean, varies: (text: string) => boolean): DatabaseWay | undefined {
  const jdbc = raw === undefined ? undefined : readJdbc(raw);
  if (raw === undefined ? obscured !== undefined : !jdbc && (isFilledIn(raw) || varies(raw))) {
    const unknown = undetermined(span, raw === undefined ? obscured! : 'a variable holds the whole connection string');
    return { role: 'connects', protocol: 'database', reach: unknown, protection: unknown, peerVerified: unknown };
  }
  if (!jdbc || jdbc.embedded || raw === undefined) return undefined;
  const { driver, host, port, secured } = jdbc;
  const hostVaries = varies(host) || host === '';
  const secure = () => (secured === undefined ? [] : write(secured));
  const caution = 'The database server must speak TLS with a certificate the driver trusts, for the name in the connection string.';
  // A variable behind the host may state what is missing here.
  const open = varies(raw.slice(raw.indexOf(host) + host.length).replace(/^[^?;]*/, ''));
  const cannot = jdbc.protection === 'unknown'
    ? 'the driver or the server decides whether this connection is encrypted'
    : open && jdbc.protection !== 'encrypted'
    ? 'a variable may state the encryption of this connection'
    : undefined;
  return {
    role: 'connects',
    protocol: driver,
    ...(!hostVaries && { address: host }),
    port,
    reach: hostVaries ? undetermined(span, 'a variable names the database server') : known(near(host) || host === '.' ? 'loopback' : 'network', span),
    protection: cannot !== undefined || jdbc.protection === 'unknown' ? undetermined(span, cannot ?? '') : { ...known(jdbc.protection, span, secure), caution },
    peerVerified: jdbc.protection !== 'encrypted'
      ? undefined
      : jdbc.verified === 'unknown'
      ? undetermined(span, 'the version of the driver decides whether it checks the certificate')
      : { ...known(jdbc.verified, span, secure), caution },
  };
}

/** The accounts that administer a whole server, as its maker or its usual installation names them. */
const administrators: Readonly<Record<string, RegExp>> = table({
  mysql: /^root$/, mariadb: /^root$/, postgresql: /^postgres$/, sqlserver: /^sa$/i, jtds: /^sa$/i, oracle: /^(?:sys|system)(?: as sysdba)?$/i,
});

/** Whether an account is the administrator of a database server of this kind, by its name. */
export function isAdministrator(driver: string, account: string): boolean {
  return Object.hasOwn(administrators, driver) && administrators[driver]!.test(account);
}

/** Whether the account of a connection administers the server; nothing for an embedded database, or where the file does not spell both out. */
export function administers(url: Slot, account: Slot, varies: (text: string) => boolean): Setting<boolean> | undefined {
  const jdbc = url.raw === undefined ? undefined : readJdbc(url.raw);
  if (!jdbc || jdbc.embedded || account.raw === undefined || account.raw === '' || varies(account.raw)) return undefined;
  return known(isAdministrator(jdbc.driver, account.raw), account.span);
}
