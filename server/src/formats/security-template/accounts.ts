import { integer, yesNo } from '#engine/codec.js';
import { observe, setting, stated, translate, undetermined, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { sectionsNamed } from '#notations/ini.js';
import { logSize } from '#notations/windows-policies.js';
import { value, type Template } from './template.js';

const access = 'System Access';

/** A number of `[System Access]`; where the section says something of the same kind, what it leaves out is for another policy to say. */
function number(file: Template, name: string, kin: readonly string[]): Setting<number> | undefined {
  const at = value(file, access, name);
  const saidKin = kin.some((other) => value(file, access, other).raw !== undefined);
  return at.raw === undefined && !saidKin ? undefined : setting(at, integer, { because: `the template leaves ${name} undefined, so another policy decides it` });
}

function flag(file: Template, name: string): Setting<boolean> | undefined {
  return stated(value(file, access, name), yesNo(['1'], ['0']));
}

const head = (file: Template, section: string): Span => sectionsNamed(file, section)[0]?.head?.span ?? { start: 0, end: 0 };
const passwordNames = ['MinimumPasswordLength', 'PasswordComplexity', 'PasswordHistorySize', 'MaximumPasswordAge'];

/** [MS-GPSB] 2.2.1.1: lengths in characters, ages in days; -1 is for ever. Complexity, three of five kinds, is all that Windows can ask for. */
export function passwordPolicy(file: Template) {
  const complexity = number(file, 'PasswordComplexity', passwordNames);
  const age = number(file, 'MaximumPasswordAge', passwordNames);
  const length = number(file, 'MinimumPasswordLength', passwordNames);
  const history = number(file, 'PasswordHistorySize', passwordNames);
  const minimumAge = stated(value(file, access, 'MinimumPasswordAge'), integer);
  const clear = flag(file, 'ClearTextPassword');
  if (!complexity && !age && !length && !history && !minimumAge && !clear) return [];
  return [{
    label: 'The password policy', span: head(file, access), length, history, minimumAge,
    classes: complexity && translate(complexity, (on) => (on > 0 ? 4 : 0), (classes) => (classes > 0 ? 1 : 0)),
    maximumAge: age && translate(age, (days) => (days <= 0 ? Infinity : days), (days) => (days === Infinity ? -1 : days)),
    hash: clear && translate(clear, (on): 'strong' | 'weak' | 'reversible' | 'none' => (on ? 'reversible' : 'strong'), (hash) => hash !== 'strong'),
  }];
}

/** [MS-GPSB] 2.2.1.2: durations in minutes; 0 attempts is no limit, a duration of -1 lasts until an administrator ends it. */
export function lockout(file: Template) {
  const attempts = number(file, 'LockoutBadCount', ['LockoutDuration', 'ResetLockoutCount', 'AllowAdministratorLockout']);
  const minutes = stated(value(file, access, 'LockoutDuration'), integer);
  const administrators = flag(file, 'AllowAdministratorLockout');
  if (!attempts && !minutes && !administrators) return [];
  const off = attempts?.kind === 'stated' && attempts.value === 0;
  return [{
    label: 'The account lockout', span: head(file, access),
    attempts: attempts && translate(attempts, (n) => (n <= 0 ? Infinity : n), (n) => (n === Infinity ? 0 : n)),
    duration: off || !minutes ? undefined : translate(minutes, (n) => (n <= 0 ? Infinity : n * 60), (seconds) => (seconds === Infinity ? -1 : Math.ceil(seconds / 60))),
    bindsAdministrators: off ? undefined : administrators,
  }];
}

/** The guest account, and the look-up of names without a log-in. */
export function logins(file: Template) {
  return ([['EnableGuestAccount', 'The guest account of Windows'], ['LSAAnonymousNameLookup', 'The look-up of account names']] as const).flatMap(([name, label]) => {
    const anonymous = flag(file, name);
    return anonymous ? [{ label, span: anonymous.span, anonymous }] : [];
  });
}

const categories = [['AuditLogonEvents', 'log-ins'], ['AuditAccountLogon', 'checks of passwords'], ['AuditAccountManage', 'changes of accounts'], ['AuditPolicyChange', 'changes of policies'], ['AuditPrivilegeUse', 'the use of special rights'],
  ['AuditSystemEvents', 'starts and shutdowns']] as const;

/** [MS-GPSB] 2.2.5: 0 none, 1 success, 2 failure, 3 both. Where the detailed audit policy is told to win, these say nothing. */
export function audited(file: Template) {
  const detailed = file.registry.value('HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa', 'SCENoApplyLegacyAuditPolicy', 'dword').raw === '1';
  return categories.flatMap(([name, what]) => {
    const level = stated(value(file, 'Event Audit', name), integer);
    if (!level) return [];
    return [{ name, what, level: detailed ? undetermined(level.span, 'the detailed audit policy (audit.csv) overrules it, as SCENoApplyLegacyAuditPolicy says') : level }];
  });
}

export function auditTrails(file: Template) {
  const categoriesOf = audited(file).map(({ what, level }) => ({ label: `The security log, for ${what},`, span: level.span, enabled: translate(level, (n) => n > 0, (on) => (on ? 3 : 0)) }));
  const logs = ['System Log', 'Security Log', 'Application Log'].flatMap((section) => {
    const period = stated(value(file, section, 'AuditLogRetentionPeriod'), integer);
    const days = stated(value(file, section, 'RetentionDays'), integer);
    // 0 overwrites as needed, so the size decides; 2 never overwrites.
    const retention = period?.kind !== 'stated' || period.value === 0 ? undefined : period.value === 1 ? days : observe(period, () => Infinity);
    return retention ? [{ label: `The ${section.toLowerCase()} of Windows`, span: retention.span, retention }] : [];
  });
  // `MaximumLogSize` is in kibibytes.
  const sizes = ['Security', 'System', 'Application'].flatMap((name) => logSize(name, stated(value(file, `${name} Log`, 'MaximumLogSize'), integer)));
  return [...categoriesOf, ...logs, ...sizes];
}
