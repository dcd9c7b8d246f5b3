import type { Analysis } from '#engine/analysis.js';
import { query } from '#engine/query.js';
import type { Span } from '#engine/text.js';
import type { Blocks } from '#notations/blocks.js';
import { mayState } from './includes.js';
import { inherited, named, outwards, type Level, type Placed } from './levels.js';
import { isNear, isNearOnly, servers, servingOf, type Serving } from './serving.js';

/** One port of a server of this file. */
export interface Listener {
  readonly server: Level;
  /** The server's level and those in it. */
  readonly within: readonly Level[];
  readonly label: string;
  /** The `listen` line; the server's own line where it states none. */
  readonly span: Span;
  readonly listen?: Placed;
  readonly port?: number | undefined;
  readonly address: string;
  readonly near: boolean;
  /** `unknown`: another file may encrypt the same port. */
  readonly encrypted: boolean | { readonly because: string };
  readonly serving: Serving;
}

interface Socket {
  readonly address: string;
  readonly port: number | undefined;
  readonly near: boolean;
  readonly open?: string;
  readonly ssl: boolean;
  readonly listen?: Placed;
}

/** The ports of the servers of this file; one for each port of a server, however many addresses it has. */
export const listeners = query<Blocks, Listener>('nginx', 'listeners', (analysis: Analysis<Blocks>) => {
  const all = servers.select(analysis);
  // What encrypts a port in one server encrypts it in all servers of that address and port.
  const sockets = new Map(all.map(({ server }) => [server, socketsOf(server)]));
  const encryptedSockets = new Set([...sockets.values()].flatMap((some) => some.filter(({ ssl }) => ssl).map(({ address, port }) => `${address} ${port}`)));
  return all.filter(({ server }) => server.here).flatMap(({ server, within }) => {
    const serving = servingOf(server, within);
    const nearOnly = isNearOnly(server);
    const isFragment = outwards(server).at(-1)!.kind === 'fragment';
    const name = nameOf(server);
    // Whoever asks for a name that no other server has is sent away before TLS is agreed on.
    const refusesTls = inherited(server, 'ssl_reject_handshake').raw === 'on';
    const seen = new Map<string, Listener>();
    for (const socket of sockets.get(server)!) {
      const encrypted = socket.ssl || encryptedSockets.has(`${socket.address} ${socket.port}`) ? true
        : socket.open !== undefined ? { because: socket.open }
          : socket.port === 443 && isFragment ? { because: 'another server of the same port may state `ssl`' } : false;
      if (encrypted === true && refusesTls) continue;
      const near = socket.near || nearOnly;
      const key = `${socket.port} ${encrypted === true} ${near}`;
      if (seen.has(key)) continue;
      const kind = encrypted === true ? 'HTTPS' : 'HTTP';
      seen.set(key, {
        server,
        label: `The ${kind} listener${name === undefined ? '' : ` of ${name}`}${socket.port === undefined ? '' : ` on port ${socket.port}`}`,
        span: socket.listen ? (socket.listen.through ?? socket.listen.statement.span) : server.head!.span,
        ...(socket.listen && { listen: socket.listen }),
        port: socket.port,
        address: socket.address,
        near,
        encrypted,
        within,
        serving,
      });
    }
    return [...seen.values()];
  });
});

/** A variable, or the marks of a generator: `%port%`, `!PORT!`, `<port>`, `__PORT__`. */
const unfinished = /\$|%\w+%|!\w+!|<\w+>|__\w+__|@\w+@/;

/** The first name of a server, where it is a name and no pattern or variable. */
export function nameOf(server: Level): string | undefined {
  const names = named(server, 'server_name').flatMap(({ statement }) => statement.args.map(({ value }) => value));
  return names.find((name) => /^[\w*](?:[\w.*-]*[\w*])?$/.test(name) && name !== '_');
}

function socketsOf(server: Level): readonly Socket[] {
  const listens = named(server, 'listen');
  const old = inherited(server, 'ssl');
  const everySsl = old.raw === 'on';
  if (listens.length === 0) {
    const target = server.missing.find((file) => mayState(file, 'listen'));
    return [{ address: '*', port: 80, near: false, ssl: everySsl, ...(target !== undefined && { open: `${target} may state it` }) }];
  }
  return listens.map((listen) => {
    const [where = '', ...options] = listen.statement.args.map(({ value }) => value);
    const ssl = everySsl || options.includes('ssl') || options.includes('quic') || options.includes('spdy');
    const socket = { near: isNear(where), ssl, listen };
    if (where.startsWith('unix:')) return { ...socket, address: where, port: undefined };
    if (unfinished.test(where) || options.some((option) => unfinished.test(option))) return { ...socket, address: where, port: undefined,
      ...(!ssl && { open: `${where} is filled in when the file is deployed` }) };
    const match = /^(?:(\[[^\]]*\]|[^:[\]]*):)?(\d{1,5})$/.exec(where);
    const address = match ? (match[1] ?? '*') : where;
    return { ...socket, address: address === '' ? '*' : address, port: match ? Number(match[2]) : 80 };
  });
}

/** The ports of one server. */
export function portsOf(analysis: Analysis<Blocks>, server: Level): readonly Listener[] {
  return byServer.select(analysis)[0]!.get(server) ?? [];
}

const byServer = query<Blocks, ReadonlyMap<Level, readonly Listener[]>>('nginx', 'listeners by server', (analysis) => {
  const grouped = new Map<Level, Listener[]>();
  for (const listener of listeners.select(analysis)) {
    const group = grouped.get(listener.server);
    if (group) group.push(listener);
    else grouped.set(listener.server, [listener]);
  }
  return [grouped];
});
