import { Firewall } from '#concepts/firewall.js';
import { Lockout } from '#concepts/lockout.js';
import { PasswordPolicy } from '#concepts/password-policy.js';
import { Session } from '#concepts/session.js';
import { Software } from '#concepts/software.js';
import { Store } from '#concepts/store.js';
import type { Analysis } from '#engine/analysis.js';
import { confidentialOf } from '#engine/confidential.js';
import type { Concept, Fact, Fields } from '#engine/concept.js';
import type { Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { registry } from '#registry/registry.generated.js';

/** One thing the file decides about its device. */
export interface PolicyRow {
  /** `Passcode length`, `Locks when idle`. */
  readonly what: string;
  /** Whose it is, where the file speaks of several: the label of the fact. */
  readonly of: string;
  /** In words: `6 characters`, `after 5 minutes`; why it is open where nobody can tell. */
  readonly value: string;
  readonly origin: 'stated' | 'default' | 'open';
  /** The statement that decides the value, or where one would be written. */
  readonly span: Span;
  /** The head of the payload or section it belongs to. */
  readonly head: Span;
}

interface Line<T> {
  readonly what: string;
  read(fields: Fields<T>): Setting<unknown> | undefined;
  say(value: never): string;
}

const line = <T, V>(what: string, read: (fields: Fields<T>) => Setting<V> | undefined, say: (value: V) => string): Line<T> => ({ what, read, say });

const yes = (whenTrue: string, whenFalse: string) => (value: boolean) => (value ? whenTrue : whenFalse);
const count = (noun: string) => (value: number) => `${value} ${noun}${value === 1 ? '' : 's'}`;
const never = (value: number) => value === Infinity || value <= 0;

/** The concepts a device policy is made of, in the order a person would ask. */
const table: readonly { readonly concept: Concept<any, any>; readonly lines: readonly Line<any>[] }[] = [
  of(PasswordPolicy, [
    line('Passcode', (f) => f.required, yes('asked for', 'not asked for')),
    line('Passcode length', (f) => f.length, count('character')),
    line('Kinds of character', (f) => f.classes, String),
    line('Passcodes such as 1234', (f) => f.simple, yes('accepted', 'refused')),
    line('Old passcodes refused', (f) => f.history, (n: number) => (n === 0 ? 'none' : `the last ${n}`)),
    line('Passcode changes', (f) => f.maximumAge, (days: number) => (never(days) ? 'never' : `every ${count('day')(days)}`)),
  ]),
  of(Lockout, [
    line('Locks after wrong passcodes', (f) => f.attempts, (n: number) => (never(n) ? 'never' : `after ${n}`)),
    line('A lock lasts', (f) => f.duration, (s: number) => (s === Infinity ? 'until an administrator ends it' : inTime(s))),
    line('Erases itself after wrong passcodes', (f) => f.attemptsBeforeErase, (n: number) => (never(n) ? 'never' : `after ${n}`)),
  ]),
  of(Session, [
    line('Locks when idle', (f) => f.idle, (s: number) => (never(s) ? 'never' : `after ${inTime(s)}`)),
    line('Asks who comes back', (f) => f.locks, yes('yes', 'no')),
  ]),
  of(Store, [line('Storage', (f) => f.encrypted, yes('encrypted', 'not encrypted'))]),
  of(Firewall, [
    line('Firewall', (f) => f.enabled, yes('on', 'off')),
    line('Traffic in that no rule names', (f) => f.input, (does: string) => (does === 'drop' ? 'dropped' : 'accepted')),
  ]),
  of(Software, [
    line('Security updates', (f) => f.updated, yes('installed', 'not installed')),
    line('Apps from unknown sources', (f) => f.unknownSources, yes('allowed', 'refused')),
    line('Signed software only', (f) => f.signed, yes('yes', 'no')),
    line('Listed apps only', (f) => f.allowList, yes('yes', 'no')),
    line('Debugging', (f) => f.debug, yes('open', 'closed')),
  ]),
];

function of<T, About>(concept: Concept<T, About>, lines: readonly Line<T>[]) {
  return { concept, lines };
}

/** A time as people say it: `5 minutes`, `90 seconds`, `2 hours`. */
function inTime(seconds: number): string {
  if (seconds % 3600 === 0 && seconds > 0) return count('hour')(seconds / 3600);
  return seconds % 60 === 0 && seconds > 0 ? count('minute')(seconds / 60) : count('second')(seconds);
}

/**
 * What the settings of a file come to for its device, over all payloads or sections: passcode, lock, erasure, storage,
 * firewall, updates. Empty for formats that do not decide a device's policy.
 */
export function devicePolicyOf(analysis: Analysis): readonly PolicyRow[] {
  const format = registry.formats.get(analysis.format);
  if (!format?.devicePolicy) return [];
  const { mask } = confidentialOf(analysis, format);
  return table.flatMap(({ concept, lines }) => {
    const facts = analysis.facts(concept) as readonly (Fact & Fields<any>)[];
    return lines.flatMap(({ what, read, say }) => facts.flatMap((fact) => {
      const setting = read(fact);
      if (!setting) return [];
      const row = rowOf(what, fact, setting, say);
      return [{ ...row, of: mask(row.of), value: mask(row.value) }];
    }));
  });
}

function rowOf(what: string, { label, span: head }: Fact, setting: Setting<unknown>, say: (value: never) => string): PolicyRow {
  const { span } = setting;
  if (setting.kind === 'undetermined') return { what, of: label, value: setting.because, origin: 'open', span, head };
  return { what, of: label, value: say(setting.value as never), origin: setting.kind, span, head };
}

/** The rows to show at a place: all of them where it is the head of a payload or a setting that takes part, otherwise none. */
export function devicePolicyAt(rows: readonly PolicyRow[], offset: number): readonly PolicyRow[] {
  const on = ({ start, end }: Span) => offset >= start && offset <= end && end > start;
  return rows.some(({ span, head }) => on(span) || on(head)) ? rows : [];
}
