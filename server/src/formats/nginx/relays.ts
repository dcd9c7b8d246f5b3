import type { Analysis } from '#engine/analysis.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import { insertion, type Blocks } from '#notations/blocks.js';
import { groupsOf, reachOf, together } from './connections.js';
import { inherited, named, relaysOf, type Level } from './levels.js';
import { isNear, isNearOnly } from './serving.js';
import { ciphersAt, versionsAt, type Spoken } from './tls-lines.js';

type Protection = 'none' | 'encrypted';

/**
 * The servers of `stream` that take TLS off: where they listen, and the connection they pass the bytes on through. One
 * without `ssl` passes on what comes, and whether that is encrypted is not its to say.
 */
export function relayed(analysis: Analysis<Blocks>, spoken: Spoken) {
  return relaysOf(analysis).filter(({ here }) => here).flatMap((relay) => {
    const listens = named(relay, 'listen').filter(({ statement }) => statement.args.slice(1).some(({ value }) => value === 'ssl'));
    if (listens.length === 0) return [];
    const { statement } = listens[0]!;
    const where = statement.args[0]!.value;
    const port = /(?:^|:)(\d{1,5})$/.exec(where)?.[1];
    return [{
      label: `The TLS listener${port === undefined ? '' : ` on port ${port}`}`,
      span: listens[0]!.through ?? statement.span,
      role: 'listens' as const,
      protocol: 'tls',
      port: port === undefined ? undefined : Number(port),
      address: where,
      reach: known<'loopback' | 'network'>(isNear(where) || isNearOnly(relay) ? 'loopback' : 'network', statement.span),
      protection: known<Protection>('encrypted', statement.span),
      leastVersion: versionsAt(relay, 'ssl_protocols', spoken),
      weakCiphers: ciphersAt(relay, 'ssl_ciphers', spoken),
    }, ...(listens.length === named(relay, 'listen').length ? passedOn(relay, spoken) : [])];
  });
}

/** ngx_stream_proxy_module: `proxy_ssl` is off where it is left out. */
function passedOn(relay: Level, spoken: Spoken) {
  return named(relay, 'proxy_pass').filter(({ through }) => through === undefined).flatMap(({ statement }) => {
    const end = statement.args[0]?.value;
    if (end === undefined) return [];
    const { span } = statement;
    const group = relay.parent && groupsOf(relay.parent).find(([name]) => name === end)?.[1];
    const reach = group ? together(group) : reachOf(end);
    const ssl = inherited(relay, 'proxy_ssl');
    const port = /:(\d{1,5})$/.exec(end)?.[1];
    const protection: Setting<Protection> = ssl.raw === undefined && ssl.obscured !== undefined ? undetermined(span, ssl.obscured)
      : known<Protection>(ssl.raw === 'on' ? 'encrypted' : 'none', span, () =>
        (ssl.raw === undefined ? insertion(relay.file, relay.block, ['proxy_ssl on;'], statement) : ssl.write('on')));
    return [{
      label: group ? `The connection to the upstream ${end}` : end.startsWith('unix:') ? 'The connection to the local socket' : `The connection to ${end}`,
      span,
      role: 'connects' as const,
      protocol: 'tcp',
      port: port === undefined ? undefined : Number(port),
      address: end,
      reach: typeof reach === 'object' ? undetermined(span, reach.because) : known<'loopback' | 'network'>(reach, span),
      protection,
      leastVersion: ssl.raw === 'on' ? versionsAt(relay, 'proxy_ssl_protocols', spoken) : undefined,
      weakCiphers: ssl.raw === 'on' ? ciphersAt(relay, 'proxy_ssl_ciphers', spoken) : undefined,
    }];
  });
}
