import type { Analysis } from '#engine/analysis.js';
import { integer } from '#engine/codec.js';
import { query } from '#engine/query.js';
import { known, type Setting } from '#engine/setting.js';
import type { Directive, Directives } from '#notations/directives.js';
import { time } from './meanings.js';
import { bindsAll, scopes } from './reading.js';

/** A line of a keyword that guards access, and whether the daemon can read it; it does not start with a file of which it cannot read a line. */
export interface Line {
  /** What the daemon objects to, as a clause without a value of the file. */
  readonly objection: string;
  /** What it would read instead. */
  readonly wanted: string;
  readonly readable: Setting<boolean>;
}

const flags = [
  'PubkeyAuthentication', 'PasswordAuthentication', 'KbdInteractiveAuthentication', 'ChallengeResponseAuthentication', 'HostbasedAuthentication',
  'IgnoreUserKnownHosts', 'PermitEmptyPasswords', 'StrictModes', 'X11Forwarding', 'X11UseLocalhost', 'AllowAgentForwarding', 'DisableForwarding', 'PermitTTY',
  'PermitUserRC', 'UseDNS',
];
const words: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(flags.map((name) => [name, ['yes', 'no']])),
  PermitRootLogin: ['no', 'prohibit-password', 'without-password', 'forced-commands-only', 'yes'],
  IgnoreRhosts: ['yes', 'no', 'shosts-only'],
  AllowTcpForwarding: ['no', 'yes', 'all', 'local', 'remote'],
  AllowStreamLocalForwarding: ['no', 'yes', 'all', 'local', 'remote'],
  GatewayPorts: ['no', 'yes', 'clientspecified'],
  PermitTunnel: ['no', 'yes', 'point-to-point', 'ethernet'],
  LogLevel: ['QUIET', 'SILENT', 'FATAL', 'ERROR', 'INFO', 'VERBOSE', 'DEBUG', 'DEBUG1', 'DEBUG2', 'DEBUG3'],
};
const numbers = ['MaxAuthTries', 'MaxSessions', 'ClientAliveCountMax'];
const times = ['ClientAliveInterval', 'LoginGraceTime'];
/** Those that take names, which only the site or the build knows, but never nothing. */
const named = ['Ciphers', 'MACs', 'KexAlgorithms', 'HostKeyAlgorithms', 'AllowUsers', 'AllowGroups', 'DenyUsers', 'DenyGroups'];
/** Those that hold for the whole daemon, in every release. */
export const forAll: ReadonlySet<string> = new Set([
  'port', 'listenaddress', 'hostkey', 'ciphers', 'macs', 'kexalgorithms', 'hostkeyalgorithms', 'strictmodes', 'logingracetime', 'usepam', 'maxstartups',
  'usedns',
]);

interface Shape {
  readonly name: string;
  readonly wanted: string;
  reads(value: string): boolean;
}

/**
 * sshd_config(5), servconf.c; every refusal was observed with 9.2. Where a build may lack a keyword (UsePAM, GSSAPI, Kerberos), its value is
 * passed over, so those are left out.
 */
const shapes: ReadonlyMap<string, Shape> = new Map([
  ...Object.entries(words).map(([name, all]): Shape =>
    ({ name, wanted: all.join(', '), reads: (value) => all.some((word) => word.toLowerCase() === value.toLowerCase()) })),
  ...numbers.map((name): Shape => ({ name, wanted: 'a whole number', reads: (value) => (integer.read(value) ?? -1) >= 0 })),
  ...times.map((name): Shape => ({ name, wanted: 'a time, as 300 or 5m', reads: (value) => time.read(value) !== undefined })),
  ...named.map((name): Shape => ({ name, wanted: 'one name or more', reads: (value) => value !== '' })),
].map((shape) => [shape.name.toLowerCase(), shape]));

/** Names so long that a word one slip away from them can be no other keyword. */
const longNames = [...shapes.values()].map(({ name }) => name).filter(({ length }) => length >= 8);

/** What another program will fill in, or what older releases unquote in another way. */
const unfinished = /[${}<>%@'"\\[\]|]|^_|^[A-Z]+(?:_[A-Z]+)+$|^[xX]{2,}$/;

export const guardLines = query<Directives, Line>('sshd', 'guard lines', (analysis) => [...marked(analysis), ...written(analysis)]);

/** sshd takes a byte order mark for the beginning of the first word, even of a comment; observed with 9.2. */
function marked({ text, surroundings }: Analysis<Directives>): readonly Line[] {
  if (!surroundings.marked()) return [];
  const end = text.search(/\r?\n/);
  return [{ objection: 'a byte order mark stands before it', wanted: 'a file that begins with its first word', readable: known(false, { start: 0, end: end < 0 ? text.length : end }) }];
}

const written = (analysis: Analysis<Directives>) =>
  scopes.select(analysis).flatMap((scope) => scope.section.directives.flatMap((directive) => judged(directive, !bindsAll(scope)) ?? []));

function judged(directive: Directive, narrowed: boolean): Line | undefined {
  const { name, value, span } = directive;
  const refused = (objection: string, wanted: string): Line => ({ objection, wanted, readable: known(false, span) });
  if (narrowed && forAll.has(name)) return refused('what holds for the whole server may not stand below Match', 'the line above the first Match');
  const shape = shapes.get(name);
  if (!shape) {
    const meant = longNames.find((candidate) => oneSlipApart(name, candidate.toLowerCase()));
    return meant === undefined ? undefined : refused(`the keyword is ${meant}`, meant);
  }
  if (unfinished.test(value)) return undefined;
  if (value === '') return refused(`${shape.name} needs a value`, shape.wanted);
  if (shape.reads(value)) return { objection: '', wanted: shape.wanted, readable: known(true, span) };
  return refused(/\s/.test(value) ? `${shape.name} takes one value` : `${shape.name} has no such value`, shape.wanted);
}

/** Whether one letter too many, too few or wrong, or two exchanged, make one word of the other. */
function oneSlipApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  const rest = (word: string, skip: number) => word.slice(from + skip);
  const exchanged = a[from] === b[from + 1] && a[from + 1] === b[from] && rest(a, 2) === rest(b, 2);
  return rest(a, 1) === rest(b, 1) || rest(a, 1) === rest(b, 0) || rest(a, 0) === rest(b, 1) || exchanged;
}
