import type { PasswordPolicyFields } from '#concepts/password-policy.js';
import type { Analysis } from '#engine/analysis.js';
import { integer, yesNo } from '#engine/codec.js';
import type { Fact, Fields } from '#engine/concept.js';
import { documented } from '#engine/release.js';
import { known, setting, stated, translate, undetermined, type Setting } from '#engine/setting.js';
import { table } from '#engine/table.js';
import { pamArgument, pamWord, replaceWord, type Pam, type PamLine } from '#notations/pam.js';
import type { Span } from '#engine/text.js';
import { passwordStacks, qualityModules, source, stacks, steps, type Stack, type Step } from './stacks.js';
import { walk, type Answer } from './walk.js';

export const set = yesNo(['yes'], ['no']);

/** pam_unix(8): without `nullok` an account with an empty password is refused. */
export function emptyPasswords(analysis: Analysis<Pam>) {
  return steps.select(analysis).filter(({ line }) => line.type === 'auth' && line.module === 'pam_unix.so').map(({ line, label }) => ({
    label,
    span: line.span,
    emptyPassword: setting(pamWord(analysis.tree, line, 'nullok', 'nullok_secure'), set, { value: false, source: source('pam_unix(8)') }),
  }));
}

const credits = ['dcredit', 'ucredit', 'lcredit', 'ocredit'];

/** Most lines leave most arguments out: those need no place to be written in. */
function number(line: PamLine, name: string): Setting<number> | undefined {
  for (const argument of line.arguments) if (argument.name === name && argument.value !== undefined) return stated(pamArgument(line, name), integer);
  return undefined;
}

const valueOf = (setting: Setting<number> | undefined) => (setting && setting.kind !== 'undetermined' ? setting.value : undefined);

/** What a module asks of a new password. Only arguments are judged: what they leave out stands in pwquality.conf. */
export function composition({ line, label }: Step) {
  const dictionary = number(line, 'dictcheck');
  return {
    label,
    span: line.span,
    length: length(line),
    classes: classes(line),
    dictionary: dictionary && translate(dictionary, (on) => on !== 0, (on) => (on ? 1 : 0)),
  };
}

function length(line: PamLine): Setting<number> | undefined {
  const least = number(line, 'minlen');
  if (!least) return undefined;
  const given = credits.map((name) => valueOf(number(line, name)) ?? (line.module === 'pam_cracklib.so' ? 1 : 0));
  const extra = line.module === 'pam_unix.so' ? 0 : given.filter((credit) => credit > 0).reduce((sum, credit) => sum + credit, 0);
  return translate(least, (characters) => characters - extra, (characters) => characters + extra);
}

function classes(line: PamLine): Setting<number> | undefined {
  const asked = credits.filter((name) => (valueOf(number(line, name)) ?? 0) < 0).length;
  const least = number(line, 'minclass');
  if (least?.kind === 'undetermined' || (!least && asked === 0)) return least;
  return known(Math.max(least?.value ?? 0, asked), least?.span ?? line.span, (wanted) => pamArgument(line, 'minclass').write(String(wanted)));
}

const hashes: Readonly<Record<string, 'weak' | 'strong'>> = table({ md5: 'weak', bigcrypt: 'weak', sha256: 'strong', sha512: 'strong', blowfish: 'strong', yescrypt: 'strong', gost_yescrypt: 'strong' });

/** pam_unix(8): the last of several counts; without any, ENCRYPT_METHOD of login.defs decides. */
export function hash({ line }: Step): Setting<'strong' | 'weak' | 'reversible' | 'none'> | undefined {
  const named = line.arguments.filter(({ name, value }) => value === undefined && hashes[name]).at(-1);
  const hole = named ? undefined : line.arguments.find(({ name, value }) => value === undefined && opensHole.test(name));
  if (hole) return undetermined(hole.span, 'a template may name the hash');
  return named && known<'strong' | 'weak' | 'reversible' | 'none'>(hashes[named.name]!, named.span, (wanted) => (wanted === hashes[named.name] ? [] : [replaceWord(named, 'sha512')]));
}

/** What begins as templates and shells write a value that is filled in, whose words may be several. */
export const opensHole = /^(?:\$\{|\{\{|<%)/;

type PasswordFact = Fact & Fields<PasswordPolicyFields>;

/** The facts of every line of a password stack that asks something of a new password or keeps it. */
export function passwordSteps(analysis: Analysis<Pam>): readonly PasswordFact[] {
  return steps.select(analysis).filter(({ line }) => line.type === 'password').flatMap((step): readonly PasswordFact[] => {
    const { line, label } = step;
    if (line.module === 'pam_pwhistory.so') return [{ label, span: line.span, history: number(line, 'remember') }];
    if (line.module === 'pam_unix.so') return [{ label, span: line.span, length: length(line), history: number(line, 'remember'), hash: hash(step) }];
    return qualityModules.includes(line.module) && line.module !== 'pam_passwdqc.so' ? [composition(step)] : [];
  });
}

/** A shared password stack in which no module remembers old passwords. */
export function forgetfulStacks(analysis: Analysis<Pam>) {
  return stacks.select(analysis).filter(({ type, lines }) => type === 'password' && !lines.some(remembers)).map(({ unix, service, open }) => ({
    label: `The password stack ${service}`,
    span: unix.span,
    history: open === undefined ? known(0, unix.span) : undetermined(unix.span, open),
  }));
}

const remembers = (line: PamLine) => line.module === 'pam_pwhistory.so' || (line.module === 'pam_unix.so' && line.arguments.some(({ name }) => name === 'remember'));

const tally = ['pam_tally2.so', 'pam_tally.so'];

/** What a line that counts failures states. What it leaves out stands in faillock.conf; pam_tally2 has no such file. */
export function countingSteps(analysis: Analysis<Pam>) {
  return steps.select(analysis).filter(({ line }) => line.type === 'auth' && (line.module === 'pam_faillock.so' || tally.includes(line.module))).map(({ line, label }) => {
    const never = { read: (raw: string) => (raw === 'never' ? 0 : integer.read(raw)), print: String };
    const duration = stated(pamArgument(line, 'unlock_time'), never);
    return {
      label: `The lock by ${label}`,
      span: line.span,
      attempts: number(line, 'deny'),
      duration: duration && translate(duration, (seconds) => (seconds === 0 ? Infinity : seconds), (seconds) => (seconds === Infinity ? 0 : seconds)),
      bindsAdministrators: tally.includes(line.module) ? setting(pamWord(analysis.tree, line, 'even_deny_root'), set, { value: false, source: documented('Linux-PAM', '1.1 to 1.3', 'pam_tally2(8)') }) : undefined,
    };
  });
}

/** A shared log-in stack in which nothing counts failures. */
export function uncountedStacks(analysis: Analysis<Pam>) {
  return stacks.select(analysis).filter(({ type, lines }) => type === 'auth' && !lines.some(counts)).map(({ unix, service, open }: Stack) => ({
    label: `The log-in stack ${service}`,
    span: unix.span,
    attempts: open === undefined ? known(Infinity, unix.span) : undetermined(unix.span, open),
  }));
}

/** pam_faillock(8): `preauth` only looks; without an `authfail` line no failure is ever written down. */
const counts = ({ module, arguments: given }: PamLine) => tally.includes(module) || (module === 'pam_faillock.so' && given.some(({ name }) => name === 'authfail'));

const passwordModules = /^pam_(?:unix|sss|ldap|krb5|winbind|radius(?:_auth)?|systemd_home)\.so$/;
/** Modules whose answer depends on who signs in, from where and when. */
const conditions = /^pam_(?:succeed_if|localuser|usertype|listfile|access|time|wheel|group|rhosts|exec|rootok|namespace)\.so$/;
const firm = new Set(['required', 'requisite']);

/** What a module says to somebody who types a password; `right` is the module that takes it, if any does. */
function answerOf(line: PamLine, locked: boolean, right: string | undefined): Answer {
  const { module } = line;
  if (module === 'pam_faillock.so') return locked || line.arguments.some(({ name }) => name === 'authfail') ? 'failure' : 'success';
  if (tally.includes(module)) return locked ? 'failure' : 'success';
  if (passwordModules.test(module)) return module === right ? 'success' : 'failure';
  if (module === 'pam_deny.so') return 'failure';
  if (conditions.test(module)) return 'either';
  // A second factor and the like are taken to be given where they must be, and no other way in is taken.
  return firm.has(line.control) || module === 'pam_permit.so' || module === 'pam_env.so' || module === 'pam_faildelay.so' ? 'success' : 'failure';
}

/**
 * A stack that counts failures in lines that stand where they do not hold: the right password of a locked account comes in before
 * anybody asks whether it is locked, or a wrong one never comes to the line that writes it down. pam_faillock(8), NOTES.
 */
export function misplacedCounts(analysis: Analysis<Pam>) {
  return passwordStacks.select(analysis).filter(({ lines }) => lines.some(counts)).flatMap(({ service, lines, items, unix, open }) => {
    const own = (line: PamLine | undefined) => (line && analysis.tree.statements.includes(line) ? line.span : unix.span);
    const said = (what: string, span: Span, sure: boolean, doubt: string) => [{
      label: `The log-in stack ${service}, in which ${what},`,
      span,
      attempts: open !== undefined ? undetermined(span, open) : sure ? known(Infinity, span) : undetermined(span, doubt),
    }];
    for (const right of new Set(lines.map(({ module }) => module).filter((module) => passwordModules.test(module)))) {
      const { success, failure } = walk(items, (line) => answerOf(line, true, right), () => false);
      if (success) return said('a locked account comes in with the right password', own(lines.find(({ module }) => module === right)), !failure,
        'a condition in the stack decides whether a locked account comes in with the right password');
    }
    const { passed, missed } = walk(items, (line) => answerOf(line, false, undefined), counts);
    if (!missed) return [];
    return said('a wrong password does not come to the line that counts it', own(lines.find(counts)), !passed,
      'a condition in the stack decides whether a wrong password is counted');
  });
}
