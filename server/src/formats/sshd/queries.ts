import { integer, oneOf, text } from '#engine/codec.js';
import { query } from '#engine/query.js';
import { combine, known, observe, translate, type Setting } from '#engine/setting.js';
import { removal, type Directives } from '#notations/directives.js';
import { keyExchanges, macs, signatures, weakIn, type Weakness } from './algorithms.js';
import { logLevel, passwordAlone, time, yes } from './meanings.js';
import { bindsAll, filledIn, read, scopes, statement, type Scope } from './reading.js';
import { forAll, guardLines } from './refusals.js';

/** A list of algorithms that the file states, with the weak ones in it. */
export interface AlgorithmList {
  readonly label: string;
  readonly weak: Setting<readonly string[]> | undefined;
}

const lists = (name: string, weakness: Weakness, ...keywords: readonly (readonly [string, ...string[]])[]) =>
  query<Directives, AlgorithmList>('sshd', name, (analysis) =>
    scopes.select(analysis).flatMap((scope) => keywords.filter(([name]) => bindsAll(scope) || !forAll.has(name.toLowerCase()))
      .map((names) => ({ label: scope.label, weak: weakIn(scope, names, weakness) }))),
  );

export const macLists = lists('MACs', macs, ['MACs']);
export const keyExchangeLists = lists('KexAlgorithms', keyExchanges, ['KexAlgorithms'], ['GSSAPIKexAlgorithms']);
export const signatureLists = lists(
  'signature algorithms', signatures, ['HostKeyAlgorithms'], ['CASignatureAlgorithms'],
  ['PubkeyAcceptedAlgorithms', 'PubkeyAcceptedKeyTypes'], ['HostbasedAcceptedAlgorithms', 'HostbasedAcceptedKeyTypes'],
);

/** What only sshd says, for everyone or for one `Match` block. */
export interface Service {
  readonly label: string;
  /** A password by itself lets someone in. */
  readonly passwordAlone: Setting<boolean> | undefined;
  readonly keysRefused: Setting<boolean> | undefined;
  readonly hostTrust: Setting<boolean> | undefined;
  readonly rhosts: Setting<'yes' | 'shosts-only' | 'no'> | undefined;
  readonly rhostsRsa: Setting<boolean> | undefined;
  readonly pam: Setting<boolean> | undefined;
  readonly strict: Setting<boolean> | undefined;
  readonly graceTime: Setting<number> | undefined;
  readonly oldProtocol: Setting<boolean> | undefined;
  readonly rsaBits: Setting<number> | undefined;
  readonly debugging: Setting<boolean> | undefined;
  readonly banner: Setting<boolean> | undefined;
  readonly x11: Setting<boolean> | undefined;
  readonly tcpForwarding: Setting<boolean> | undefined;
  readonly gatewayPorts: Setting<boolean> | undefined;
  readonly tunnelDevice: Setting<boolean> | undefined;
  readonly environment: Setting<boolean> | undefined;
  readonly anyVariable: Setting<boolean> | undefined;
}

export const services = query<Directives, Service>('sshd', 'services', (analysis) => scopes.select(analysis).map(service));

function service(scope: Scope): Service {
  const level = read(scope, 'LogLevel', logLevel);
  const banner = read(scope, 'Banner', text, { value: 'none', judged: true });
  const protocol = read(scope, 'Protocol', text);
  const keys = read(scope, 'PubkeyAuthentication', yes);
  const kerberos = [read(scope, 'GSSAPIAuthentication', yes), read(scope, 'KerberosAuthentication', yes)].some((on) => on?.kind === 'stated' && on.value);
  return {
    label: scope.label,
    passwordAlone: passwordAlone(scope),
    keysRefused: kerberos || !keys ? undefined : translate(keys, (on) => !on, (refused) => !refused),
    hostTrust: read(scope, 'HostbasedAuthentication', yes, { value: false }),
    rhosts: read(scope, 'IgnoreRhosts', { read: (raw) => (['yes', 'shosts-only', 'no'] as const).find((word) => word === raw.toLowerCase()), print: (word) => word }, { value: 'yes' }),
    rhostsRsa: read(scope, 'RhostsRSAAuthentication', yes),
    // Below `Match` these are refused, and say nothing.
    pam: bindsAll(scope) ? read(scope, 'UsePAM', yes) : undefined,
    strict: bindsAll(scope) ? read(scope, 'StrictModes', yes, { value: true }) : undefined,
    graceTime: bindsAll(scope) ? read(scope, 'LoginGraceTime', time, { value: 120 }) : undefined,
    oldProtocol: protocol && translate(protocol, (versions) => versions.split(',').some((version) => version.trim() === '1'), () => '2'),
    rsaBits: read(scope, 'RequiredRSASize', integer),
    debugging: level && translate(level, (word) => word.startsWith('DEBUG'), () => 'VERBOSE' as const),
    banner: banner && translate(banner, (file) => file.toLowerCase() !== 'none', () => '/etc/issue.net'),
    x11: forwarding(scope, 'X11Forwarding'),
    tcpForwarding: forwarding(scope, 'AllowTcpForwarding', 'all', 'local', 'remote'),
    gatewayPorts: forwarding(scope, 'GatewayPorts', 'clientspecified'),
    tunnelDevice: forwarding(scope, 'PermitTunnel', 'point-to-point', 'ethernet'),
    environment: environment(scope),
    anyVariable: anyVariable(scope),
  };
}

/** Whether a kind of forwarding is switched on by a statement. DisableForwarding overrides all of them. */
function forwarding(scope: Scope, name: string, ...kinds: readonly string[]): Setting<boolean> | undefined {
  const stated = read(scope, name, oneOf('no', 'yes', ...kinds));
  const disabled = read(scope, 'DisableForwarding', yes);
  if (!stated || (disabled?.kind === 'stated' && disabled.value)) return undefined;
  return translate(stated, (word) => word !== 'no', () => 'no');
}

/** PermitUserEnvironment also takes the names of variables, which is a deliberate choice. */
function environment(scope: Scope): Setting<boolean> | undefined {
  const stated = read(scope, 'PermitUserEnvironment', text, { value: 'no' });
  return stated && translate(stated, (word) => word.toLowerCase() === 'yes' || word === '*', () => 'no');
}

function anyVariable(scope: Scope): Setting<boolean> | undefined {
  const found = statement(scope, 'AcceptEnv');
  if (!found) return filledIn(scope, ['AcceptEnv']);
  return known(found.place.raw!.split(/\s+/).includes('*'), found.directive.span, () => found.place.write('LANG LC_*'));
}

/** Seconds until a session ends whose client no longer answers; `Infinity` for never. */
export interface Presence {
  readonly label: string;
  readonly patience: Setting<number> | undefined;
}

/** sshd_config(5): an interval of 0 sends no messages, a count of 0 ends no session (since 8.2). */
export const presences = query<Directives, Presence>('sshd', 'presences', (analysis) => scopes.select(analysis).map((scope, _i, [everyone]) => {
  const [interval, count] = [read(scope, 'ClientAliveInterval', time), read(scope, 'ClientAliveCountMax', integer)];
  if (scope.kind !== 'main' && interval?.kind !== 'stated' && count?.kind !== 'stated') return { label: scope.label, patience: undefined };
  const outer = everyone!;
  const intervals = interval ?? (scope.kind === 'drop-in' ? undefined : read(outer, 'ClientAliveInterval', time, { value: 0, judged: true }));
  const counts = count ?? read(outer, 'ClientAliveCountMax', integer, { value: 3 }) ?? (intervals && observe(intervals, () => 3));
  const patience = intervals && counts && combine(intervals, counts, (every, times) => (every > 0 && times > 0 ? every * times : Infinity), (wanted) => [Math.max(1, Math.floor(wanted / 3)), 3]);
  return { label: scope.label, patience };
}));

/** A line that an earlier one of the same keyword, with another value, makes void. */
export interface VoidLine {
  readonly label: string;
  readonly keyword: string;
  readonly counts: Setting<boolean>;
}

/** Keywords of which the first statement wins and on which access or encryption rests; those that add up are not among them. */
const decisive = new Set([
  'permitrootlogin', 'permitemptypasswords', 'passwordauthentication', 'kbdinteractiveauthentication', 'pubkeyauthentication', 'hostbasedauthentication',
  'ignorerhosts', 'usepam', 'strictmodes', 'maxauthtries', 'loglevel', 'logingracetime', 'clientaliveinterval', 'clientalivecountmax',
  'ciphers', 'macs', 'kexalgorithms', 'hostkeyalgorithms', 'pubkeyacceptedalgorithms', 'x11forwarding', 'allowtcpforwarding', 'gatewayports', 'permittunnel',
  'permituserenvironment', 'disableforwarding', 'banner', 'authenticationmethods', 'requiredrsasize', 'gssapiauthentication', 'kerberosauthentication',
  'ignoreuserknownhosts', 'challengeresponseauthentication', 'rekeylimit',
]);

/** Marks of a template between whose branches a program chooses: of two lines only one may be written. */
const branches = /\{%|<%|\{\{[-~]?\s*(?:#|if|else|range|with)\b/;

/** A line that is refused is no line that is passed over. */
export const voidLines = query<Directives, VoidLine>('sshd', 'void lines', (analysis) => {
  if (branches.test(analysis.text)) return [];
  const refused = new Set(guardLines.select(analysis).flatMap(({ readable }) => (readable.kind === 'stated' && !readable.value ? [readable.span.start] : [])));
  return scopes.select(analysis).flatMap(({ label, section, analysis: { tree } }) => {
    const first = new Map<string, string>();
    return section.directives.filter(({ name, span }) => decisive.has(name) && !refused.has(span.start)).map((directive) => {
      const value = directive.value.toLowerCase();
      const earlier = first.get(directive.name);
      if (earlier === undefined) first.set(directive.name, value);
      const keyword = tree.text.slice(directive.nameSpan.start, directive.nameSpan.end);
      return { label, keyword, counts: known(earlier === undefined || earlier === value, directive.span, () => [removal(tree.text, directive.span)]) };
    });
  });
});
