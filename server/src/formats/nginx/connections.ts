import type { Analysis } from '#engine/analysis.js';
import { query } from '#engine/query.js';
import type { Blocks, Statement } from '#notations/blocks.js';
import { outwards, serverOf, type Level } from './levels.js';
import { isNear, levels } from './serving.js';

/** A connection to a program behind this server. */
export interface Connection {
  readonly level: Level;
  readonly statement: Statement;
  readonly label: string;
  /** The application protocol. */
  readonly protocol: 'http' | 'grpc' | 'fastcgi' | 'uwsgi' | 'scgi' | 'memcached';
  readonly encrypted: boolean;
  /** The family of directives that govern it: `proxy`, `grpc`, `uwsgi`. */
  readonly prefix: string;
  readonly address: string;
  readonly port?: number | undefined;
  readonly reach: 'loopback' | 'network' | { readonly because: string };
}

const passes = /^(proxy|grpc|fastcgi|uwsgi|scgi|memcached)_pass$/;

/** Where requests of this file go on to; one for each other end of a server, at the first line that names it. */
export const connections = query<Blocks, Connection>('nginx', 'connections', (analysis: Analysis<Blocks>) => {
  const all = levels.select(analysis);
  const upstreams = upstreamsOf(all);
  const seen = new Set<string>();
  return passing(all).flatMap(({ level, statement, prefix, target }) => {
    const server = serverOf(level);
    const key = `${server?.head?.span.start ?? -1} ${prefix} ${/^\w+:\/\/[^/]*/.exec(target)?.[0] ?? target}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const scheme = /^(\w+):\/\//.exec(target)?.[1]?.toLowerCase();
    const rest = scheme === undefined ? target : target.slice(scheme.length + 3);
    const end = rest.startsWith('unix:') ? rest : withoutUser(rest.split('/')[0]!);
    const match = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(end);
    const host = match?.[1] ?? end;
    const upstream = upstreams.get(host);
    const encrypted = scheme === 'https' || scheme === 'grpcs' || scheme === 'suwsgi';
    return [{
      level,
      statement,
      prefix,
      protocol: (prefix === 'proxy' ? 'http' : prefix) as Connection['protocol'],
      encrypted,
      label: upstream ? `The connection to the upstream ${host}` : /[$]/.test(end) || (prefix === 'proxy' && scheme === undefined)
        ? `The connection to ${target.startsWith('$') ? target.split('/')[0] : end}` : end.startsWith('unix:') ? 'The connection to the local socket'
          : `The connection to ${end}`,
      address: host,
      port: match?.[2] === undefined ? undefined : Number(match[2]),
      reach: prefix === 'proxy' && scheme === undefined ? { because: `${target} holds the address` } : upstream ? together(upstream) : reachOf(end),
    }];
  });
});

/** The lines of this file that pass a request on. */
function passing(all: readonly Level[]) {
  const found: { level: Level; statement: Statement; prefix: string; target: string }[] = [];
  for (const level of all) {
    if (!level.here) continue;
    for (const { statement, through } of level.statements) {
      const prefix = through === undefined && statement.name.endsWith('_pass') ? passes.exec(statement.name)?.[1] : undefined;
      const target = statement.args[0]?.value;
      if (prefix !== undefined && target !== undefined) found.push({ level, statement, prefix, target });
    }
  }
  return found;
}

/** An address without the user name and password that may stand before it. */
function withoutUser(end: string): string {
  return end.slice(end.lastIndexOf('@') + 1);
}

/** Where an address is, as far as it says. */
export function reachOf(end: string): Connection['reach'] {
  if (isNear(end)) return 'loopback';
  if (end.includes('$')) return { because: `${end} holds the address` };
  const host = end.replace(/:\d+$/, '');
  if (/^\[|^\d+\.\d+\.\d+\.\d+$/.test(host) || host.includes('.')) return 'network';
  return { because: `${host} may be a program on this machine, such as a container of the same network, or another machine` };
}

/** Where the servers of a group are: one on the network counts for all. */
export function together(ends: readonly string[]): Connection['reach'] {
  const reached = ends.map(reachOf);
  return reached.find((reach) => reach === 'network') ?? reached.find((reach) => typeof reach === 'object') ?? (ends.length === 0
    ? { because: 'the upstream names no server here' } : 'loopback');
}

/** The groups of servers in view, by name, with the addresses of each. */
function upstreamsOf(all: readonly Level[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  // The outermost level may have one around it that stands in another file.
  for (const level of [...all.slice(0, 1), ...outwards(all[0]!).slice(1), ...all.slice(1)]) {
    if (level.kind !== 'http' && level.kind !== 'fragment') continue;
    for (const [name, ends] of groupsOf(level)) found.set(name, ends);
  }
  return found;
}

/** The groups of servers that one level names. */
export function groupsOf(level: Level): readonly (readonly [name: string, addresses: readonly string[]])[] {
  return level.statements.flatMap(({ statement: { name, args, block } }) => {
    const group = args[0]?.value;
    return name !== 'upstream' || !block || group === undefined ? []
      : [[group, block.statements.filter((inner) => inner.name === 'server').map((inner) => inner.args[0]?.value ?? '')] as const];
  });
}
