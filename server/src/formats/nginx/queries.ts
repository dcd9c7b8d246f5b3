import { yesNo } from '#engine/codec.js';
import { query } from '#engine/query.js';
import { setting, type Setting } from '#engine/setting.js';
import type { Edit, Span } from '#engine/text.js';
import { argument, insertion, type Blocks } from '#notations/blocks.js';
import type { Level } from './levels.js';
import { isExposed, isReachable, standing } from './records.js';
import { isGuarded } from './serving.js';

/** A switch that this file states, with where it counts. */
export interface Switch {
  readonly setting: Setting<boolean>;
  /** `location /files/`, `server`, `http`. */
  readonly place: string;
}

const switches = (name: string, on: readonly [string, ...string[]], off: readonly [string, ...string[]], counts: (level: Level) => boolean) =>
  query<Blocks, Switch>('nginx', name, (analysis) =>
    standing(analysis, name).flatMap(({ level, file, block }) =>
      isExposed(analysis, level) && counts(level) ? [{ setting: setting(argument(file, block ?? level.block, name), yesNo(on, off), { because: '' }),
        place: placeOf(level) }] : []));

/** The place of a level in words. */
function placeOf({ kind, head }: Level): string {
  const path = head?.args.at(-1)?.value;
  return kind === 'location' && path !== undefined ? path : kind === 'server' ? 'the server' : kind === 'http' ? 'every server' : 'what includes this file';
}

/** Lists of the files in a folder, where anybody may ask for them. */
export const listings = switches('autoindex', ['on'], ['off'], (level) => !isGuarded(level));

/** Whether answers name the version of the server. */
export const tokens = switches('server_tokens', ['on', 'build'], ['off'], () => true);

/** A page of counters that anybody may ask for. */
export interface StatusPage {
  readonly span: Span;
  readonly guarded: boolean;
  guard(): readonly Edit[];
}

/** The pages of counters in this file. */
export const statusPages = query<Blocks, StatusPage>('nginx', 'stub_status', (analysis) =>
  standing(analysis, 'stub_status').flatMap(({ statement, level, file, block }) => {
    const near = !level.parent || level.kind === 'fragment';
    return near ? [] : [{ span: statement.span, guarded: isGuarded(level) || !isReachable(analysis, level), guard: () =>
      insertion(file, block ?? level.block, ['allow 127.0.0.1;', 'allow ::1;', 'deny all;'], statement) }];
  }));

/** A format of the access log and what it should not hold. */
export interface LogFormat {
  readonly name: string;
  readonly span: Span;
  /** The variables with bodies or credentials of requests. */
  readonly holds: readonly string[];
}

const telling = /\$(?:request_body|http_authorization|http_cookie|http_x_api_key|http_x_auth_token|cookie_\w+|arg_(?:token|password|access_token|api_?key)|remote_passwd|upstream_http_set_cookie|sent_http_set_cookie)\b/gi;

/** The formats of access logs in this file. */
export const logFormats = query<Blocks, LogFormat>('nginx', 'log_format', (analysis) =>
  standing(analysis, 'log_format').map(({ statement }) => ({
    name: statement.args[0]?.value ?? '',
    span: { start: statement.span.start, end: statement.args[0]?.span.end ?? statement.span.end },
    holds: [...new Set(statement.args.slice(1).flatMap(({ value }) => value.match(telling) ?? []))],
  })));
