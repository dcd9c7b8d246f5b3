import { Lockout } from '#concepts/lockout.js';
import { Login } from '#concepts/login.js';
import { PasswordPolicy } from '#concepts/password-policy.js';
import { Session } from '#concepts/session.js';
import type { Setting } from '#engine/setting.js';
import { amount, entry, flag, reading, says, where, word, type Field, type Table } from '../says.js';

/** Zero means without end in Okta's numbers of days and minutes. */
const orEver = (path: string, standard: number, unit = 1): Field<number> => reading(amount(path, standard), (value) => (value === 0 ? Infinity : value * unit), (value) => (value === Infinity ? 0 : Math.max(1, Math.floor(value / unit))));

const kinds: readonly (readonly [path: string, standard: number])[] = [['password_min_lowercase', 1], ['password_min_uppercase', 1], ['password_min_number', 1], ['password_min_symbol', 0]];

/** How many kinds of character are asked for. */
const classes: Field<number> = (resource) => {
  const all = kinds.map(([path, standard]) => amount(path, standard)(resource)!);
  const open = all.find((one) => one.kind === 'undetermined');
  if (open) return open;
  const told = all.filter((one): one is Exclude<Setting<number>, { kind: 'undetermined' }> => one.kind !== 'undetermined');
  const off = told.find((one) => one.value === 0) ?? told[0]!;
  return { ...off, value: told.filter((one) => one.value > 0).length, write: () => resource.stateAll(
    kinds.flatMap(([path], i) => { const one = all[i]!; return one.kind !== 'undetermined' && one.value === 0 ? [path] : []; }), '1') };
};

const passwords = [
  says(PasswordPolicy, {}, { length: amount('password_min_length', 8), classes, history: amount('password_history_count', 0), maximumAge: orEver('password_max_age_days', 0), minimumAge: reading(amount('password_min_age_minutes', 0), (minutes) => minutes / 1440, (days) => days * 1440),
    dictionary: flag('password_dictionary_lookup', false) }),
  says(Lockout, {}, { attempts: orEver('password_max_lockout_attempts', 10), duration: orEver('password_auto_unlock_minutes', 0, 60) }),
];

const lets = (standard: string) => ({ when: (one: { text(path: string): string | undefined }) => (one.text('access') ?? standard) !== 'DENY' && one.text('status') !== 'INACTIVE' });

export const okta: Table = {
  okta_policy_password: entry('password policy', ...passwords),
  okta_policy_password_default: entry('password policy', ...passwords),
  okta_policy_rule_signon: entry('sign-on rule',
    says(Login, {}, { secondFactor: where((one) => (one.text('access') ?? 'ALLOW') === 'ALLOW', flag('mfa_required', false)) }, lets('ALLOW')),
    says(Session, {}, { idle: orEver('session_idle', 120, 60) }, lets('ALLOW'))),
  okta_app_signon_policy_rule: entry('sign-on rule', says(Login, {}, { secondFactor: word('factor_mode', [['2FA', true], ['1FA', false]], true) }, lets('ALLOW'))),
};
