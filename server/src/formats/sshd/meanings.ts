import { integer, oneOf, seconds, yesNo } from '#engine/codec.js';
import { query } from '#engine/query.js';
import { known, translate, undetermined, type Codec, type Setting } from '#engine/setting.js';
import type { Directives } from '#notations/directives.js';
import { read, scopes, statement, type Scope } from './reading.js';

/** sshd_config(5); `true` and `false`, which the client reads, are refused (observed with 9.2). */
export const yes = yesNo(['yes'], ['no']);

/** sshd_config(5), LogLevel; `SILENT` is the name by which the daemon prints QUIET. */
export const logLevel = oneOf('QUIET', 'FATAL', 'ERROR', 'INFO', 'VERBOSE', 'DEBUG', 'DEBUG1', 'DEBUG2', 'DEBUG3');

/** sshd_config(5), TIME FORMATS: units may follow each other, as in `1h30m`. */
export const time: Codec<number> = {
  read: (raw) => {
    const parts = raw.match(/\d{1,9}[smhdw]?/gi);
    if (!parts || parts.join('') !== raw) return undefined;
    return parts.reduce<number>((sum, part) => sum + (seconds.read(part) ?? NaN), 0);
  },
  print: String,
};

const permitRootLogin = oneOf('no', 'prohibit-password', 'without-password', 'forced-commands-only', 'yes');
const challenge = ['KbdInteractiveAuthentication', 'ChallengeResponseAuthentication'] as const;

/** Tries for one connection: 0 cuts it at the first failure, as 1 does. */
export function tries(scope: Scope): Setting<number> | undefined {
  const stated = read(scope, 'MaxAuthTries', integer);
  return stated && translate(stated, (count) => Math.max(1, count), (count) => count);
}

/** Whether the criteria of a block leave root out: `Match User backup`. */
const excludesRoot = ({ criteria }: Scope) => {
  const users = criteria === undefined ? undefined : /\buser\s+(\S+)/i.exec(criteria)?.[1];
  return users !== undefined && !users.split(',').some((user) => user === 'root' || /^[^!*?]*[*?]/.test(user));
};

/**
 * Whether root may sign in. `yes` means a key only where both ways to send a password are switched off, for everyone and in every block, or
 * where each list of methods asks for a key.
 */
export function rootLogin(scope: Scope): Setting<'no' | 'key only' | 'yes'> | undefined {
  const permitted = read(scope, 'PermitRootLogin', permitRootLogin, { value: 'prohibit-password' });
  if (!permitted || excludesRoot(scope)) return undefined;
  const keyed = methods(scope)?.every((list) => list.some((method) => method === 'publickey' || method === 'hostbased'));
  const passwordless = keyed === true || (isNo(scope, 'PasswordAuthentication') && isNo(scope, ...challenge));
  return translate(
    permitted,
    (word) => (word === 'no' ? 'no' : word === 'yes' && !passwordless ? 'yes' : 'key only'),
    (root) => (root === 'no' ? 'no' : root === 'yes' ? 'yes' : 'prohibit-password'),
  );
}

/** The keywords that some line, in whatever block, gives another value than `no`. */
const switchedOn = query<Directives, ReadonlySet<string>>('sshd', 'switched on', ({ tree }) => [new Set(tree.directives.filter(({ value }) => !/^no$/i.test(value)).map(({ name }) => name))]);

function isNo(scope: Scope, ...names: readonly [string, ...string[]]): boolean {
  const [elsewhere] = switchedOn.select(scope.analysis);
  if (names.some((name) => elsewhere!.has(name.toLowerCase()))) return false;
  const everyone = scopes.select(scope.analysis)[0]!;
  const setting = read(scope, names, yes) ?? read(everyone, names, yes);
  return setting?.kind === 'stated' && !setting.value;
}

/** The statement of AuthenticationMethods that holds in a scope: a block that has none is bound by the one for everyone. */
const methodsLine = (scope: Scope) => statement(scope, 'AuthenticationMethods') ?? statement(scopes.select(scope.analysis)[0]!, 'AuthenticationMethods');

/** The lists of AuthenticationMethods, each of which must be completed in full; none where any one method will do. */
function methods(scope: Scope): readonly (readonly string[])[] | undefined {
  const raw = methodsLine(scope)?.place.raw?.replaceAll('"', '');
  return raw === undefined || raw.toLowerCase() === 'any' ? undefined : raw.split(/\s+/).map((list) => list.split(',').map((method) => method.split(':')[0]!));
}

/** Whether a password by itself lets someone in. Undefined where passwords are off or more is asked for. */
export function passwordAlone(scope: Scope): Setting<boolean> | undefined {
  const listed = methods(scope);
  const alone = listed?.some((list) => list.every((method) => method === 'password'));
  const own = statement(scope, 'AuthenticationMethods');
  if (alone !== undefined && own) return known(alone, own.directive.span);
  // The list for everyone is judged where it stands; here it only forbids.
  if (alone === false) return undefined;
  return read(scope, 'PasswordAuthentication', yes, { value: true, judged: true });
}

/** Whether two factors are asked for. PAM may ask for a second one behind the password, so only without it is the answer no. */
export function secondFactor(scope: Scope): Setting<boolean> | undefined {
  const listed = methods(scope);
  if (listed?.every((list) => new Set(list).size > 1)) return known(true, methodsLine(scope)!.directive.span);
  const alone = passwordAlone(scope);
  if (!alone || alone.kind === 'undetermined' || !alone.value || scope.kind !== 'main') return undefined;
  const pam = read(scope, 'UsePAM', yes, { value: false, judged: true });
  if (pam?.kind === 'stated' && !pam.value) return known(false, alone.kind === 'stated' ? alone.span : pam.span);
  return undetermined(alone.span, 'a module in /etc/pam.d/sshd may ask for a second factor');
}

/**
 * Seconds after which a shell without traffic ends. ClientAliveInterval is no such limit: the client answers by itself
 * whether or not a person sits before it.
 */
export function sessionIdle(scope: Scope): Setting<number> | undefined {
  const limit = statement(scope, 'ChannelTimeout');
  const pairs = limit?.place.raw!.split(/\s+/) ?? [];
  const index = pairs.findIndex((pair) => /^(?:session:(?:\*|shell)|session\*|\*)=/.test(pair));
  if (!limit || index < 0) return scope.kind === 'main' ? undetermined({ start: 0, end: 0 }, 'TMOUT in the shell profile may end idle shells; ChannelTimeout session:shell=15m would do so here') : undefined;
  const [type, raw] = [pairs[index]!.slice(0, pairs[index]!.indexOf('=')), pairs[index]!.slice(pairs[index]!.indexOf('=') + 1)];
  const idle = time.read(raw);
  if (idle === undefined) return undetermined(limit.directive.span, 'the value is not one this product documents');
  return known(idle === 0 ? Infinity : idle, limit.directive.span, (wanted) => limit.place.write(pairs.map((pair, i) => (i === index ? `${type}=${wanted}` : pair)).join(' ')));
}
