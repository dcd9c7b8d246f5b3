import type { Analysis } from '#engine/analysis.js';
import { documented } from '#engine/release.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import { insertion, type Blocks, type Statement } from '#notations/blocks.js';
import { inherited, named, obscures, outwards, serverOf, type Level, type Placed } from './levels.js';
import { nameOf, portsOf, type Listener } from './listeners.js';
import { isAsset, isNearOnly, levels, locationServing } from './serving.js';

const line = 'add_header Strict-Transport-Security "max-age=63072000" always;';

const isStrict = ({ args }: Statement) => args[0]?.value.toLowerCase() === 'strict-transport-security' && !/max-age\s*=\s*"?0+\b/i.test(args[1]?.value ?? '');

/** Another module's headers add up, whatever inner levels state. */
const addsStrict = (level: Level) => named(level, 'more_set_headers').some(({ statement }) => statement.args.some(({ value }) => /^strict-transport-security:/i.test(value)));

/**
 * The headers that hold at a level: a level that adds any gets none of those above, unless `add_header_inherit` (nginx 1.29.3)
 * says otherwise. `at` is the level they are stated at.
 */
function headersAt(level: Level): { readonly placed: readonly Placed[]; readonly at?: Level; readonly obscured?: string } {
  const own = named(level, 'add_header');
  const rule = inherited(level, 'add_header_inherit').raw;
  const obscured = obscures({ ...level, parent: level }, 'add_header');
  const above = level.parent && rule !== 'off' && (own.length === 0 || rule === 'merge') ? headersAt(level.parent) : undefined;
  const placed = [...own, ...(above?.placed ?? [])];
  const at = own.length > 0 ? level : above?.at;
  const reason = obscured ?? above?.obscured;
  return { placed, ...(at && { at }), ...(reason !== undefined && { obscured: reason }) };
}

const passesOn = ({ statements }: Level) => statements.some(({ statement: { name, args } }) => name.endsWith('_pass') || name.includes('_by_lua')
  || (name === 'try_files' && args.at(-1)?.value.startsWith('@')));

/** Whether a listener tells browsers to stay encrypted, at any of its levels. */
export function strictTransport({ server, span, within }: Listener): Setting<boolean> {
  if (within.some((level) => addsStrict(level) || named(level, 'add_header').some(({ statement }) => isStrict(statement)))) return known(true, span);
  const headers = headersAt(server);
  if (headers.placed.some(({ statement }) => isStrict(statement)) || outwards(server).some(addsStrict)) return known(true, span);
  const open = headers.obscured ?? within.map((level) => obscures({ ...level, parent: level }, 'add_header')).find((reason) => reason !== undefined);
  if (open !== undefined) return undetermined(span, open);
  if (within.some(passesOn)) return undetermined(span, 'the application behind may send the header');
  // A header added here would take away those inherited from above.
  const takesAway = headers.at !== undefined && headers.at !== server;
  return { kind: 'default', value: false, source: documented('nginx', '1.14 to 1.31', 'ngx_http_headers_module'), span,
    write: () => (takesAway ? [] : insertion(server.file, server.block, [line])) };
}

/** The locations whose own headers take away the one that the levels above send. */
export function lostTransport(analysis: Analysis<Blocks>) {
  return levels.select(analysis).flatMap((level) => {
    const own = level.kind === 'location' && level.here && level.parent ? named(level, 'add_header') : [];
    if (own.length === 0 || outwards(level).some(addsStrict) || isNearOnly(level)) return [];
    const lost = headersAt(level.parent!).placed.find(({ statement }) => isStrict(statement));
    const now = headersAt(level);
    if (!lost || now.placed.some(({ statement }) => isStrict(statement)) || (isAsset(level) && !passesOn(level))) return [];
    const serving = locationServing(level);
    if ('is' in serving && serving.is !== 'data') return [];
    const server = serverOf(level);
    const ports = server ? portsOf(analysis, server) : [];
    if (ports.length > 0 && !ports.some(({ encrypted, near }) => encrypted !== false && !near)) return [];
    const { span } = level.head!;
    const because = now.obscured ?? ('because' in serving ? serving.because
      : passesOn(level) ? 'nginx does not send the header from here, as the location adds headers of its own: the application behind may' : undefined);
    const name = server && nameOf(server);
    const strict = lost.file.text.slice(lost.statement.span.start, lost.statement.span.end);
    const after = own.filter(({ through }) => through === undefined).at(-1)?.statement;
    return [{
      label: `The location ${level.head!.args.at(-1)?.value ?? ''}${name === undefined ? '' : ` of ${name}`}`,
      span,
      role: 'listens' as const,
      protocol: 'http',
      reach: known<'loopback' | 'network'>('network', span),
      serves: known<'data' | 'redirect'>('data', span),
      strictTransport: because !== undefined ? undetermined(span, because)
        : known(false, span, (on) => (on && after ? insertion(level.file, level.block, [`${strict};`], after) : [])),
    }];
  });
}
