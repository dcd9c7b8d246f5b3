import type { LockoutFields } from '#concepts/lockout.js';
import type { PasswordPolicyFields, PasswordPolicyScope } from '#concepts/password-policy.js';
import type { SessionFields } from '#concepts/session.js';
import type { Analysis } from '#engine/analysis.js';
import type { Fact, Fields } from '#engine/concept.js';
import { translate, type Setting } from '#engine/setting.js';
import { flag, left, number, payloadsNamed, strictest, type Payload, type Profile } from './payloads.js';

const passcode = 'com.apple.mobiledevice.passwordpolicy';

/** The value in force over all passcode payloads of the profile. */
function inForce<T>(file: Profile, one: (payload: Payload) => Setting<T> | undefined, stricter: (a: T, b: T) => boolean): Setting<T> | undefined {
  return strictest(payloadsNamed(file, passcode).map(one), stricter);
}

const more = (a: number, b: number) => a > b;
const less = (a: number, b: number) => a < b;
const on = (a: boolean, b: boolean) => a && !b;
const off = (a: boolean, b: boolean) => !a && b;

/** Writes only what the schema allows: a policy beyond it cannot be stated in a profile. */
function within(from: Setting<number> | undefined, least: number, most: number): Setting<number> | undefined {
  return from && from.kind !== 'undetermined' ? { ...from, write: (value) => (value >= least && value <= most ? from.write(value) : []) } : from;
}

/** What passcodes people may choose. A profile that cannot be read leaves it open. */
export function passcodePolicies(analysis: Analysis<Profile>): readonly (Fact & PasswordPolicyScope & Fields<PasswordPolicyFields>)[] {
  const file = analysis.tree;
  if (file.sealed !== undefined) {
    const open = left(analysis);
    return [{ label: 'The profile', span: open.span, required: open }];
  }
  const heads = payloadsNamed(file, passcode);
  if (heads.length === 0) return [];
  const age = inForce(file, (payload) => number(file, payload, 'maxPINAgeInDays'), less);
  return [{
    label: 'The profile',
    span: heads[0]!.head,
    of: 'device passcode',
    required: inForce(file, (payload) => flag(file, payload, 'forcePIN', false), on),
    length: within(inForce(file, (payload) => number(file, payload, 'minLength', 0), more), 0, 16),
    simple: inForce(file, (payload) => flag(file, payload, 'allowSimple', true), off),
    history: within(inForce(file, (payload) => number(file, payload, 'pinHistory', 0), more), 1, 50),
    maximumAge: age && within(translate(age, (days) => (days === 0 ? Infinity : days), (days) => days), 1, 730),
    classes: classes(file),
  }];
}

/** Digits are always there; letters and signs are asked for by two keys. */
function classes(file: Profile): Setting<number> | undefined {
  const letters = inForce(file, (payload) => flag(file, payload, 'requireAlphanumeric', false), on);
  const signs = inForce(file, (payload) => number(file, payload, 'minComplexChars', 0), more);
  if (!letters || !signs || letters.kind === 'undetermined' || signs.kind === 'undetermined') return letters?.kind === 'undetermined' ? letters : signs;
  const value = 1 + (letters.value ? 1 : 0) + (signs.value > 0 ? 1 : 0);
  return { ...letters, value, write: (wanted) => [...(wanted > 1 && !letters.value ? letters.write(true) : []), ...(wanted > 2 && signs.value === 0 ? signs.write(1) : [])] };
}

/**
 * What wrong passcodes do: a Mac locks the account, for minutesUntilFailedLoginReset; an iPhone or iPad erases itself, and 11,
 * the most the key can hold and its default, means never. Where the profile does not say for which it is, more than ten is too
 * many for either.
 */
export function lockouts(file: Profile): readonly (Fact & Fields<LockoutFields>)[] {
  const heads = payloadsNamed(file, passcode);
  if (heads.length === 0) return [];
  const attempts = inForce(file, (payload) => number(file, payload, 'maxFailedAttempts', 11), less);
  const minutes = inForce(file, (payload) => number(file, payload, 'minutesUntilFailedLoginReset'), more);
  const span = heads[0]!.head;
  if (file.target === 'mac') {
    return [{ label: 'The Mac', span, attempts: within(attempts, 2, 11) },
      ...(minutes ? [{ label: 'The lock of the Mac', span, duration: translate(minutes, (m) => m * 60, (s) => Math.ceil(s / 60)) }] : [])];
  }
  return [{ label: 'The profile', span, attemptsBeforeErase: attempts && within(translate(attempts, (n) => (n > 10 ? Infinity : n), (n) => n), 2, 10) }];
}

/** `ByHost` is how Profile Manager wrote the settings of one Mac; its keys are those of the user. */
const savers = ['com.apple.screensaver', 'com.apple.screensaver.user', 'com.apple.screensaver.ByHost'] as const;

/** When an idle device locks, and whether a password is needed to come back. */
export function sessions(file: Profile): readonly (Fact & Fields<SessionFields>)[] {
  const heads = payloadsNamed(file, passcode);
  const minutes = inForce(file, (payload) => number(file, payload, 'maxInactivity', Infinity), less);
  const locked: readonly (Fact & Fields<SessionFields>)[] = heads.length === 0 || !minutes ? [] : [{
    label: 'The device', span: heads[0]!.head, idle: inMinutes(minutes),
  }];
  const screens = payloadsNamed(file, ...savers).flatMap((payload): readonly (Fact & Fields<SessionFields>)[] => {
    const idle = number(file, payload, 'idleTime');
    return [{
      label: 'The screen of the Mac',
      span: payload.head,
      idle: idle && neverAtZero(idle),
      locks: payload.type === 'com.apple.screensaver' ? asks(file, payload) : undefined,
    }];
  });
  return [...locked, ...screens];
}

/** The schema allows 1 to 15 minutes; 0 is not explained there. */
function inMinutes(minutes: Setting<number>): Setting<number> {
  if (minutes.kind === 'undetermined') return minutes;
  if (minutes.kind === 'stated' && minutes.value === 0) return { kind: 'undetermined', span: minutes.span, because: 'Apple does not say what 0 means here: write 1 to 15' };
  return { ...minutes, value: minutes.value * 60, write: (seconds) => minutes.write(Math.min(15, Math.max(1, Math.floor(seconds / 60)))) };
}

/** 0 seconds means that the screen saver never starts. */
const neverAtZero = (seconds: Setting<number>) => translate(seconds, (s) => (s === 0 ? Infinity : s), (s) => s);

/** A delay of 2147483647 switches the question off again. */
function asks(file: Profile, payload: Payload): Setting<boolean> | undefined {
  const asked = flag(file, payload, 'askForPassword', false);
  const delay = number(file, payload, 'askForPasswordDelay');
  if (!asked || asked.kind === 'undetermined' || !asked.value || delay?.kind !== 'stated' || delay.value < 2_147_483_647) return asked;
  return translate(delay, () => false, () => 5);
}
