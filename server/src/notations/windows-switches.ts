/**
 * How values of the Windows registry become facts: switches with the data that mean yes and no, and numbers. Only what
 * is stated is a fact.
 */
import { integer } from '#engine/codec.js';
import { observe, stated, type Codec, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import type { Registry } from './windows-registry.js';

type Data = readonly [string, ...string[]];

/**
 * A value that is either so or not: what it is called, where it stands, and which data mean yes and no. The first of
 * each is the one to write.
 */
export interface Switch {
  readonly label: string;
  readonly key: string;
  readonly name: string;
  readonly yes: Data;
  readonly no: Data;
  /** Data that leave it to the person or to another policy, so that nothing is said. */
  readonly neither?: readonly string[];
  readonly type?: 'text';
  /** What else the change needs, or breaks. */
  readonly caution?: string;
  /** Whether the change is for a person alone, so that no fix is offered. */
  readonly byHand?: true;
}

/** A switch of one value, 1 for yes and 0 for no. */
export const on = (label: string, key: string, name: string, more: Partial<Switch> = {}): Switch => ({ label, key,
  name, yes: ['1'], no: ['0'], ...more });
/** A switch of one value, 0 for yes and 1 for no. */
export const off = (label: string, key: string, name: string, more: Partial<Switch> = {}): Switch => ({ label, key,
  name, yes: ['0'], no: ['1'], ...more });

/** A fact with one setting of a field. */
export type FactOf<Field extends string,
  T> = { readonly label: string; readonly span: Span } & { readonly [K in Field]: Setting<T> };

/** A setting as a fact of one field; none where nothing is stated. */
export function factOf<Field extends string, T>(label: string, field: Field,
  setting: Setting<T> | undefined): readonly FactOf<Field, T>[] {
  return setting === undefined ? [] : [{ label, span: setting.span, [field]: setting } as FactOf<Field, T>];
}

/** Adds to a setting what its change needs. */
export function cautioned<T>(setting: Setting<T> | undefined, caution: string | undefined): Setting<T> | undefined {
  return setting === undefined || setting.kind === 'undetermined' || caution === undefined ? setting : { ...setting,
    caution };
}

/** One switch as a setting; none where nothing is stated, or what is stated leaves it open. */
export function switched(registry: Registry, { key, name, yes, no, neither, type, caution,
  byHand }: Switch): Setting<boolean> | undefined {
  const slot = registry.value(key, name, type ?? 'dword');
  if (slot.raw !== undefined && neither?.includes(slot.raw)) return undefined;
  const setting = stated(slot, inAnyCase(yes, no));
  return cautioned(byHand && setting ? observe(setting, (so) => so) : setting, caution);
}

/** Switches as facts of one field. */
export function switches<Field extends string>(registry: Registry, field: Field,
  rows: readonly Switch[]): readonly FactOf<Field, boolean>[] {
  return rows.flatMap((row) => factOf(row.label, field, switched(registry, row)));
}

/** Two lists of words that are compared without case and written as listed. */
function inAnyCase(yes: Data, no: Data): Codec<boolean> {
  const among = (words: Data, raw: string) => words.some((word) => word.toLowerCase() === raw.toLowerCase());
  return { read: (raw) => (among(yes, raw) ? true : among(no, raw) ? false : undefined), print: (so) => (so ? yes[0]
    : no[0]) };
}

/** A whole number; none where nothing is stated. */
export function numberAt(registry: Registry, key: string, name: string,
  type: 'dword' | 'text' = 'dword'): Setting<number> | undefined {
  return stated(registry.value(key, name, type), integer);
}
