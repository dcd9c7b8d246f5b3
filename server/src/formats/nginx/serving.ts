import { isThisMachine } from '#concepts/network-names.js';
import { query } from '#engine/query.js';
import type { Blocks, Statement } from '#notations/blocks.js';
import { levelsOf, named, outwards, serverOf, type Level } from './levels.js';

/** Every level of a file, read once however many facts ask. */
export const levels = query<Blocks, Level>('nginx', 'levels', levelsOf);

/** A server with the levels in it, itself included. */
export const servers = query<Blocks, { readonly server: Level; readonly within: readonly Level[] }>('nginx', 'servers', (analysis) => {
  const grouped = new Map<Level, Level[]>();
  for (const level of levels.select(analysis)) {
    const server = serverOf(level);
    if (!server) continue;
    const group = grouped.get(server);
    if (group) group.push(level);
    else grouped.set(server, [level]);
  }
  return [...grouped].map(([server, within]) => ({ server, within }));
});

/** What a server does with a request that came unencrypted. */
export type Serving = { readonly is: 'data' | 'redirect' } | { readonly because: string };

const data: Serving = { is: 'data' };
const redirect: Serving = { is: 'redirect' };

/** Paths on which nothing of a patient is served: certificate renewal, health checks, what browsers and robots ask for. */
const idlePath = /\.well-known\/(?:acme-challenge|pki-validation)?|acme[-_]challenge|^\W*\/?(?:\w+[-_/])?(?:healthz?|health[-_]?check|livez?|liveness|readyz?|readiness|ping|status|nginx[-_]status|basic_status|stub_status|metrics|favicon\.ico|robots\.txt)\W*$|\/[(]?[45](?:\d\d|0x)[^/]*\.html\W*$|^\W*\/?(?:custom[-_])?errors?(?:[-_]pages?)?\W*$/i;

/** Included files whose names say that they hold nothing but what is listed above, or no locations at all. */
const idleFile = /mime\.types$|_params$|letsencrypt|acme|certbot|well-known|stub[-_]?status|error[-_]?pages?|gzip|brotli|headers|\bssl\b|tls|deny|block|rate|limit|log/i;

/** Whether a location's path is one of those where nothing of a patient is served. */
export function isIdle(level: Level): boolean {
  return level.kind === 'location' && idlePath.test(level.head?.args.at(-1)?.value ?? '');
}

/**
 * What a server serves: its own directives run before its locations, in the order they stand; then each location
 * must be harmless for the server to count as one that only redirects.
 */
export function servingOf(server: Level, within: readonly Level[]): Serving {
  let forwarded = false;
  for (const { statement } of server.statements) {
    const done = answer(statement);
    if (done) return done;
    if (statement.name === 'if' && statement.block?.statements.some((inner) => answer(inner) === redirect)) {
      const condition = statement.args.map(({ value }) => value).join(' ');
      if (/\$(?:scheme|https|server_port|ssl_protocol|ssl_cipher)\b/.test(condition)) return redirect;
      if (/forwarded_(?:proto|ssl|scheme)|forwarded_proto/i.test(condition)) forwarded = true;
    }
  }
  const locations = within.filter((level) => level.kind === 'location');
  const verdicts = locations.map(locationServing);
  if (forwarded) return { because: 'a proxy in front may end the encryption: it must be on this machine, or reached encrypted' };
  if (verdicts.includes(data)) return data;
  const open = verdicts.find((verdict) => 'because' in verdict);
  if (open) return open;
  const target = server.missing.find((file) => !idleFile.test(file));
  if (target !== undefined) return { because: `${target} may say what this server serves` };
  if (locations.length === 0) return data;
  // Without a location for everything else, the server falls back to its own folder of files.
  const serves = server.statements.some(({ statement }) => ['root', 'index', 'try_files'].includes(statement.name));
  const everything = locations.some((level) => level.head!.args.length === 1 && level.head!.args[0]!.value === '/');
  return serves && !everything ? data : redirect;
}

/** What a location serves. */
export function locationServing(level: Level): Serving {
  const path = level.head?.args.at(-1)?.value ?? '';
  if (path.startsWith('@') || isIdle(level) || level.statements.some(({ statement }) => statement.name === 'internal'
    || statement.name === 'stub_status')) return redirect;
  if (refusesAll(level)) return redirect;
  for (const { statement } of level.statements) {
    const done = answer(statement);
    if (done) return done;
    if (statement.name === 'if' && /\$(?:scheme|https)\b/.test(statement.args.map(({ value }) => value).join(' '))
      && statement.block?.statements.some((inner) => answer(inner) === redirect)) return redirect;
  }
  if (level.statements.some(({ statement }) => serving.has(statement.name))) return data;
  const target = level.missing.find((file) => !idleFile.test(file));
  return target === undefined ? data : { because: `${target} may say what this server serves` };
}

const serving = new Set(['root', 'alias', 'try_files', 'proxy_pass', 'fastcgi_pass', 'uwsgi_pass', 'scgi_pass', 'grpc_pass', 'autoindex', 'index']);

/** What a directive answers every request with, if it does. */
function answer({ name, args }: Statement): Serving | undefined {
  if (name === 'return') {
    const [first, second] = args.map(({ value }) => value);
    const target = first !== undefined && /^\d{3}$/.test(first) ? second : first;
    if (first !== undefined && /^(?:[2456]\d\d)$/.test(first)) return redirect;
    if (target === undefined) return redirect;
    if (/^https:/i.test(target)) return redirect;
    return /^\$(?!host|server_name|scheme|request_uri|uri)/.test(target) || /^\$\{/.test(target)
      ? { because: `${target.split('/')[0]} decides where clients are sent` } : data;
  }
  if (name === 'rewrite') {
    const [pattern, target] = args.map(({ value }) => value);
    return pattern !== undefined && /^\^?\/?(?:\(?(?:\.\*)?\)?)\$?$/.test(pattern) && /^https:/i.test(target ?? '') ? redirect : undefined;
  }
  return undefined;
}

function refusesAll(level: Level): boolean {
  return deniesAll(level) && named(level, 'allow').every(({ statement }) => isNear(statement.args[0]?.value ?? ''));
}

function deniesAll(level: Level): boolean {
  return named(level, 'deny').some(({ statement }) => statement.args[0]?.value === 'all');
}

/** Whether an address is of this machine; a path or the length of a network may stand behind it. */
export function isNear(address: string): boolean {
  return isThisMachine(address.split('/')[0]!);
}

/** Whether a location is one of files that pages are made with, which nobody opens by themselves. */
export function isAsset(level: Level): boolean {
  return /\\?\.(?:\w+|\(|\?)|static|assets|media|images?\b|fonts?\b|css|js\b|\.well-known/i.test(level.head?.args.at(-1)?.value ?? '');
}

/** Whether only this machine may use a level: everyone else is denied. */
export function isNearOnly(level: Level): boolean {
  const at = limiting(level);
  return at !== undefined && refusesAll(at) && named(at, 'allow').length > 0;
}

/** ngx_http_access_module: a level that states any `allow` or `deny` gets none of those above. */
function limiting(level: Level): Level | undefined {
  return outwards(level).find((at) => named(at, 'allow').length > 0 || named(at, 'deny').length > 0);
}

/** Whether a level lets in only those who prove who they are, or listed addresses. */
export function isGuarded(level: Level): boolean {
  const limit = limiting(level);
  return limit !== undefined && deniesAll(limit) || outwards(level).some((at) => logins.some((name) => named(at, name).some(({ statement }) => statement.args[0]?.value !== 'off'))
    || named(at, 'ssl_verify_client').some(({ statement }) => statement.args[0]?.value === 'on')
    || gates.some((name) => named(at, name).length > 0));
}

const logins = ['auth_basic', 'auth_request', 'auth_jwt', 'auth_digest', 'auth_pam', 'auth_ldap', 'auth_gss', 'auth_oidc'];
const gates = ['internal', 'secure_link', 'access_by_lua_block', 'access_by_lua_file', 'access_by_lua'];
