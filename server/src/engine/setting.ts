import type { Source } from './release.js';
import type { Edit, Span } from './text.js';

/**
 * What a file says about one thing, where it says it, and how to make it say otherwise.
 * `value` exists only where it is known, so a rule cannot mistake "cannot tell" for "off".
 */
export type Setting<T> = Known<T> | Undetermined;

/** A value that holds: written in the file, or the product's documented default for what the file leaves out. */
export type Known<T> = Stated<T> | Default<T>;

interface Value<T> {
  readonly value: T;
  /** Where the value stands; for a default, where a person would look for it. */
  readonly span: Span;
  /** The edits that make the file state another value; none when this file cannot state it. */
  write(value: T): readonly Edit[];
  /** What the product needs besides the edit before the written value works. Makes every fix one to review. */
  readonly caution?: string;
  /** What a fix does that writes here, as an imperative, where that is not what the rule asks for: `Switch the telnet shell off`. */
  readonly remedy?: string;
  /** How the value came about where its place does not spell it out: `by default of var.encrypted`. A message adds it. */
  readonly through?: string;
}

/** A value written in the file. */
export interface Stated<T> extends Value<T> {
  readonly kind: 'stated';
}

/** What the product does when the file says nothing. */
export interface Default<T> extends Value<T> {
  readonly kind: 'default';
  /** The product, the releases it holds for, and the page that documents the default: `OpenSSH 7.4 to 10.5, sshd_config(5)`. */
  readonly source: Source;
}

/** A value that this file alone does not give away: a variable, a missing include, a template hole, an unknown version. */
export interface Undetermined {
  readonly kind: 'undetermined';
  readonly span: Span;
  /** The reason as a clause, with what would resolve it: `var.tls has no default`. */
  readonly because: string;
}

/**
 * One place of a tree where a value stands or could stand: what every notation offers a format, in the file's own
 * words. {@link setting} turns it into a setting.
 */
export interface Slot {
  readonly span: Span;
  /** The value as the product reads it, without quotes; absent when the file does not state it. */
  readonly raw?: string | undefined;
  /** Why the value cannot be known though something is stated, or could be stated elsewhere. */
  readonly obscured?: string | undefined;
  /** How the value came about where its place does not spell it out: `by default of var.encrypted`. */
  readonly through?: string | undefined;
  /** The edits that make the file state `raw` here. Writing what was read changes nothing. */
  write(raw: string): readonly Edit[];
}

/** How a product spells the values of one type. */
export interface Codec<T> {
  /** `undefined` when the product would not accept the text or its meaning is not known. */
  read(raw: string): T | undefined;
  print(value: T): string;
}

/** What holds when a slot is empty: a documented default with its source, or a reason why nobody can say. */
export type Absent<T> = { readonly value: T; readonly source: Source } | { readonly because: string };

/** Why nobody can say what a text means that a codec does not read. */
export const undocumented = 'the value is not one this product documents';

/** Reads a slot. Text that the codec does not understand is undetermined, never a value. */
export function setting<T>(slot: Slot, codec: Codec<T>, absent: Absent<T>): Setting<T> {
  const { span } = slot;
  if (slot.obscured !== undefined) return { kind: 'undetermined', span, because: slot.obscured };
  const write = (value: T) => slot.write(codec.print(value));
  if (slot.raw === undefined) {
    return 'because' in absent ? { kind: 'undetermined', span, because: absent.because } : { kind: 'default', span, ...absent, write };
  }
  const value = codec.read(slot.raw);
  if (value === undefined) return { kind: 'undetermined', span, because: undocumented };
  return slot.through === undefined ? { kind: 'stated', value, span, write } : { kind: 'stated', value, span, write, through: slot.through };
}

/** Reads a slot that has no default: nothing is said when the file says nothing. */
export function stated<T>(slot: Slot, codec: Codec<T>): Setting<T> | undefined {
  return slot.raw === undefined && slot.obscured === undefined ? undefined : setting(slot, codec, unasked);
}

const unasked: { readonly because: string } = { because: '' };

/** Reads a setting in the product's terms as one in ours; writes travel back the same way. */
export function translate<A, B>(from: Setting<A>, read: (a: A) => B, unread: (b: B) => A): Setting<B> {
  if (from.kind === 'undetermined') return from;
  return { ...from, value: read(from.value), write: (b) => from.write(unread(b)) };
}

/** Reads a setting as one that cannot be written back: several product values share one meaning of ours. */
export function observe<A, B>(from: Setting<A>, read: (a: A) => B): Setting<B> {
  if (from.kind === 'undetermined') return from;
  return { ...from, value: read(from.value), write: () => [] };
}

/** One setting of ours that the product spreads over two of its own. The stated one gives the place. */
export function combine<A, B, C>(a: Setting<A>, b: Setting<B>, read: (a: A, b: B) => C, unread: (c: C) => [A, B]): Setting<C> {
  if (a.kind === 'undetermined') return a;
  if (b.kind === 'undetermined') return b;
  const chief = a.kind === 'stated' ? a : b.kind === 'stated' ? b : a;
  return {
    ...chief,
    value: read(a.value, b.value),
    write: (c) => {
      const [x, y] = unread(c);
      return [...(x === a.value ? [] : a.write(x)), ...(y === b.value ? [] : b.write(y))];
    },
  };
}

/** A setting that is what the file states, at a place, and can be rewritten only as the caller knows. */
export function known<T>(value: T, span: Span, write: (value: T) => readonly Edit[] = () => []): Stated<T> {
  return { kind: 'stated', value, span, write };
}

/** A setting nobody can tell from here. `because` is a clause that says what would resolve it. */
export function undetermined(span: Span, because: string): Undetermined {
  return { kind: 'undetermined', span, because };
}
