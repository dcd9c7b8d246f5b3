import type { Analysis } from '#engine/analysis.js';
import { isStandIn } from '#concepts/secret.js';
import { groupedBy } from '#engine/grouping.js';
import { query } from '#engine/query.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import type { Edit, Span } from '#engine/text.js';
import { removal, type Blocks } from '#notations/blocks.js';
import { array, outwards, serverOf, type Level, type Placed } from './levels.js';
import { isAsset, isIdle, isNearOnly, isGuarded, levels } from './serving.js';
import { nameOf, portsOf } from './listeners.js';

/** A directive of this file with its level. */
export type Standing = Placed & { readonly level: Level };

/** The directives of some names that stand in this file itself, each with its level. */
export function standing(analysis: Analysis<Blocks>, ...names: readonly string[]): readonly Standing[] {
  const [index] = byName.select(analysis);
  return names.flatMap((name) => index!.get(name) ?? []);
}

/** Built once for a file: the facts and rules of this format each ask for a few names. */
const byName = query<Blocks, ReadonlyMap<string, readonly Standing[]>>('nginx', 'directives by name', (analysis) => {
  const found: Standing[] = [];
  for (const level of levels.select(analysis)) {
    if (!level.here) continue;
    for (const placed of level.statements) if (placed.through === undefined) found.push({ ...placed, level });
  }
  return [groupedBy(found, ({ statement }) => statement.name)];
});

/** Whether others than this machine reach a level with something to lose: not a server that only redirects. */
export function isExposed(analysis: Analysis<Blocks>, level: Level): boolean {
  const server = serverOf(level);
  if (!server) return !isNearOnly(level);
  return portsOf(analysis, server).some((listener) => !listener.near && !('is' in listener.serving && listener.serving.is === 'redirect'));
}

/** Whether others than this machine reach the server of a level, whatever it serves. */
export function isReachable(analysis: Analysis<Blocks>, level: Level): boolean {
  const server = serverOf(level);
  return !server || portsOf(analysis, server).some((listener) => !listener.near);
}

/** The logs of access and of errors. ngx_http_log_module: access is logged unless it is switched off. */
export function auditTrails(analysis: Analysis<Blocks>) {
  const found: { label: string; span: Span; enabled: Setting<boolean> }[] = [];
  for (const { statement, level, file } of standing(analysis, 'access_log', 'error_log')) {
    const target = statement.args[0]?.value ?? '';
    const access = statement.name === 'access_log';
    const off = target === '/dev/null' || (access && target === 'off');
    const several = !off ? [] : level.block.statements.filter(({ name, args }) => name === statement.name && args[0]?.value !== 'off'
      && args[0]?.value !== '/dev/null');
    if (several.length > 0) continue;
    const of = serverOf(level);
    const name = of && nameOf(of);
    const label = `The ${access ? 'access' : 'error'} log${name === undefined ? '' : ` of ${name}`}`;
    if (level.kind === 'location' || level.kind === 'if' || level.kind === 'limit_except') {
      const passes = level.statements.some(({ statement: inner }) => /_pass$/.test(inner.name));
      if (!off || level.kind !== 'location' || !passes || isIdle(level) || isAsset(level)) continue;
    }
    if (off && !isExposed(analysis, level)) continue;
    if (off && level.kind === 'fragment' && !level.statements.some(({ statement: inner }) => inner.name === 'server')) {
      found.push({ label, span: statement.span, enabled: undetermined(statement.span, 'the file that includes this one says which requests it is about') });
      continue;
    }
    const outer = level.parent && array(level.parent, statement.name).placed.some(({ statement: above }) => above.args[0]?.value === 'off'
      || above.args[0]?.value === '/dev/null');
    const write = (): readonly Edit[] => (outer ? file.broken ? [] : [{ ...statement.args[0]!.span, text: access ? '/var/log/nginx/access.log' : '/var/log/nginx/error.log' }]
      : removal(file, statement));
    found.push({ label, span: statement.span, enabled: known(!off, statement.span, write) });
  }
  return found;
}

/** Who may come in: a password that travels in clear, files that anyone may change. */
export function logins(analysis: Analysis<Blocks>) {
  const passwords = standing(analysis, 'auth_basic').flatMap(({ statement, level }) => {
    if (statement.args[0]?.value === 'off') return [];
    const server = serverOf(level);
    const plain = server && portsOf(analysis, server).find((listener) => listener.encrypted !== true && !listener.near
      && !('is' in listener.serving && listener.serving.is === 'redirect'));
    if (!plain) return [];
    const open = typeof plain.encrypted === 'object' ? plain.encrypted.because : 'because' in plain.serving ? plain.serving.because : undefined;
    const method: Setting<'weak'> = open === undefined ? known('weak' as const, statement.span) : undetermined(statement.span, open);
    return [{ label: `Basic authentication${plain.port === undefined ? '' : ` on port ${plain.port}`}, without encryption,`, span: statement.span, method }];
  });
  const writing = standing(analysis, 'dav_methods').flatMap(({ statement, level }) => {
    if (statement.args[0]?.value === 'off' || !isExposed(analysis, level)) return [];
    const guarded = isGuarded(level) || level.statements.some(({ statement: inner }) => inner.name === 'limit_except');
    const target = guarded ? undefined : outwards(level).flatMap(({ missing }) => missing).find((file) => !/mime\.types$|_params$/.test(file));
    const anonymous: Setting<boolean> = target === undefined ? known(!guarded, statement.span) : undetermined(statement.span, `${target} may ask for a log-in`);
    return [{ label: `Writing files${level.kind === 'location' ? ` to ${level.head!.args.at(-1)?.value}` : ''}`, span: statement.span, anonymous }];
  });
  return [...passwords, ...writing];
}

const credentialHeader = /^(?:http_)?(?:proxy[-_])?(?:authorization|x[-_]api[-_]key|api[-_]?key|x[-_]auth[-_]token|x[-_]access[-_]token)$/i;

/** Credentials written into the file for the programs behind it. */
export function secrets(analysis: Analysis<Blocks>) {
  return standing(analysis, 'proxy_set_header', 'grpc_set_header', 'fastcgi_param', 'uwsgi_param', 'scgi_param',
    'secure_link_secret').flatMap(({ statement }) => {
    const [first, second] = statement.args.map(({ value }) => value);
    const what = statement.name === 'secure_link_secret' ? 'the word that signs links' : 'a credential for the program behind';
    const value = statement.name === 'secure_link_secret' ? first : credentialHeader.test(first ?? '')
      ? second?.replace(/^(?:basic|bearer|token|apikey)\s+/i, '') : undefined;
    if (value === undefined || value.includes('$') || isStandIn(value)) return [];
    return [{ label: statement.name === 'secure_link_secret' ? 'The link check' : `The header ${first}`, span: statement.nameSpan, what,
      kept: known<'clear'>('clear', statement.nameSpan) }];
  });
}

/** Answers that let every other web site read them with the visitor's own log-in: they repeat whatever name the site has. */
export function reflectedOrigins(analysis: Analysis<Blocks>) {
  return standing(analysis, 'add_header').flatMap(({ statement, level }) => {
    const [name, value] = statement.args.map((word) => word.value);
    if (name?.toLowerCase() !== 'access-control-allow-origin' || !/^\$http_origin$|^\$\{http_origin\}$/.test(value ?? '')) return [];
    const credentials = level.statements.some(({ statement: other }) => other.name === 'add_header'
      && other.args[0]?.value.toLowerCase() === 'access-control-allow-credentials' && other.args[1]?.value.toLowerCase() === 'true');
    if (!credentials) return [];
    const checked = /\$(?:http_)?(?:origin|cors)/i;
    const guarded = [level, ...(level.parent ? [level.parent] : [])].some((at) => (at.kind === 'if'
      && checked.test(at.head!.args.map((word) => word.value).join(' ')))
      || at.statements.some(({ statement: other }) => other.name === 'if' && checked.test(other.args.map((word) => word.value).join(' '))
        && other.block?.statements.some((inner) => inner.name === 'return')));
    return [{ label: 'The web server', span: statement.span, anySiteSignedIn: known(!guarded, statement.span) }];
  });
}
