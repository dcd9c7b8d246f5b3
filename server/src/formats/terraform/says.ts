import { integer } from '#engine/codec.js';
import type { Concept, Fact, Fields, Whole } from '#engine/concept.js';
import type { Query } from '#engine/query.js';
import { known, observe, setting, stated, undetermined, type Absent, type Codec, type Setting, type Slot, type Undetermined } from '#engine/setting.js';
import { documented, inReleases, type Range, type Source } from '#engine/release.js';
import type { Span } from '#engine/text.js';
import { table } from '#engine/table.js';
import type { Resource } from './resource.js';
import { itemsOf, roughly, textOf } from './values.js';

/** How a resource type states one field of a concept. Nothing where it does not speak of it. */
export type Field<T> = (resource: Resource) => Setting<T> | undefined;
export type FieldsOf<T> = { readonly [K in keyof T]?: Field<T[K]> };

/** What a resource type says of one concept: the facts of one resource. */
export interface Says {
  readonly of: Query<any>;
  facts(resource: Resource, called: string): readonly Fact[];
}

/** A resource type: what people call it, and what it says. */
export interface Entry {
  readonly called: string;
  readonly says: readonly Says[];
}

export type Table = Readonly<Record<string, Entry>>;

/** Declares a resource type. `called` reads well in a message: `EBS volume`. */
export function entry(called: string, ...says: readonly Says[]): Entry {
  return { called, says };
}

export interface Particulars {
  /** One fact for each nested block of this path instead of one for the resource. */
  readonly each?: string;
  /** Says nothing unless this holds. */
  readonly when?: (resource: Resource) => boolean;
  /** Another noun phrase than the name of the resource type. */
  readonly called?: string | ((resource: Resource) => string);
  /** What stands behind the name: `of its load balancer`. */
  readonly tail?: (resource: Resource) => string;
  /** What is run as one, of which the block is a part; `called` is the name of the resource type. */
  readonly whole?: (resource: Resource, called: string) => Whole;
}

/** States a concept by its fields. `about` is plain data of the concept, such as the kind of a store. */
export function says<T, About>(of: Concept<T, About> | Query<Fact & About & Fields<T>>, about: About | ((resource: Resource) => About), fields: FieldsOf<T>, particulars: Particulars = {}): Says {
  const { each, when, tail, whole } = particulars;
  return {
    of,
    facts: (resource, standard) => (each === undefined ? [resource] : resource.nested(each)).filter((one) => when?.(one) ?? true).map((one) => {
      const called = typeof particulars.called === 'function' ? particulars.called(one) : (particulars.called ?? standard);
      const values = Object.entries(fields as Record<string, Field<unknown>>).map(([name, field]) => [name, field(one)] as const).filter(([, value]) => value !== undefined);
      return { ...(typeof about === 'function' ? (about as (r: Resource) => object)(one) : (about as object)), ...Object.fromEntries(values), label: `${/ of$/.test(called) ? `The ${called} the ${standard} "${resource.title}"` : named(called, resource)}${tail ? ` ${tail(one)}` : ''}`, span: one.span, ...(whole && { whole: whole(one, standard) }) };
    }),
  };
}

/** `The EBS volume "data"`. */
export function named(called: string, resource: Resource): string {
  return `The ${called} "${resource.title}"`;
}

const bool: Codec<boolean> = { read: (raw) => (raw === 'true' || raw === '1' ? true : raw === 'false' || raw === '0' ? false : undefined), print: String };

/** What an absent attribute means: the provider's documented default, nothing at all, or a reason why nobody can say. */
export type Missing<T> = T | { readonly because: string } | Released<T> | undefined;

/** A default that differs between major releases of a provider: the first, and what each later one changed it to. */
export interface Released<T> {
  readonly first: T;
  /** Nothing from a release on whose documentation names no default. */
  readonly later: readonly (readonly [major: number, value: T | undefined])[];
}

/** A default of a provider that is another from a major release on. */
export function released<T>(first: T, ...later: Released<T>['later']): Released<T> {
  return { first, later };
}

/** The releases of a provider whose documentation was read, and the name people know it by. */
const providers = table({
  aws: ['AWS', '4.0 to 6.47'], azurerm: ['AzureRM', '3.0 to 5.0'], google: ['Google', '5.0 to 7.37'], okta: ['Okta', '4.0 to 6.1'], panos: ['PAN-OS', '1.6 to 1.11'],
} as const satisfies Record<string, readonly [string, Range]>);

/** The default in the releases that the module may be used with, where it is the same in all of them. */
function inRelease<T>({ first, later }: Released<T>, resource: Resource): Absent<T> {
  const provider = resource.type.slice(0, resource.type.indexOf('_'));
  const [name, range] = knownProvider(provider);
  const [from, to] = range.split(' to ') as [string, string];
  const values = [[from, first] as const, ...later.map(([major, value]) => [`${major}.0`, value] as const)];
  return inReleases({ product: `the ${name} provider`, page: resource.type, values, to }, resource.module.releases(provider),
    `state it, or pin the provider ${provider} in required_providers`);
}

const knownProvider = (provider: string) => (providers as Readonly<Record<string, readonly [string, Range]>>)[provider] ?? [provider, '2.0 to 3.0'] as const;

function missing<T>(resource: Resource, value: T | { readonly because: string } | Released<T>): Absent<T> {
  if (typeof value === 'object' && value !== null && 'later' in value) return inRelease(value, resource);
  return typeof value === 'object' && value !== null && 'because' in value ? value : { value: value as T, source: sourceOf(resource) };
}

/** The page that documents a resource type: the provider's name and the type. */
export function sourceOf({ type }: Resource): Source {
  if (type.includes('/')) return documented(`the module ${type}`, '1.0 to 6.0', 'its inputs');
  const [name, range] = knownProvider(type.slice(0, type.indexOf('_')));
  return documented(`the ${name} provider`, range, type);
}

function read<T>(path: string, codec: Codec<T>, absent: Missing<T>): Field<T> {
  return (resource) => readSlot(resource, resource.slot(path), codec, absent);
}

function readSlot<T>(resource: Resource, slot: Slot, codec: Codec<T>, absent: Missing<T>): Setting<T> | undefined {
  // A variable whose default is null leaves the attribute out.
  return absent === undefined ? stated(slot, codec) : setting(slot, codec, missing(resource, absent));
}

/** An attribute that is true or false. */
export function flag(path: string, absent: Missing<boolean>): Field<boolean> {
  return read(path, bool, absent);
}

/** An attribute that is false where the concept is true. */
export function unset(path: string, absent: Missing<boolean>): Field<boolean> {
  return read(path, { read: (raw) => (bool.read(raw) === undefined ? undefined : !bool.read(raw)), print: (value) => String(!value) }, absent);
}

/** A whole number. */
export function amount(path: string, absent: Missing<number>): Field<number> {
  return read(path, integer, absent);
}

/** A number of days of which 0 means for ever. */
export function daysOrEver(path: string, absent: Missing<number>): Field<number> {
  return read(path, { read: (raw) => (raw === '0' ? Infinity : integer.read(raw)), print: (days) => String(days === Infinity ? 0 : days) }, absent);
}

/** A word of a closed list that means one thing of ours each; the first word of a meaning is the one to write. */
export function word<T>(path: string, meanings: readonly (readonly [word: string, meaning: T])[], absent: Missing<T>, others?: T): Field<T> {
  return read(path, {
    read: (raw) => {
      const found = meanings.find(([one]) => one.toLowerCase() === raw.toLowerCase());
      return found ? found[1] : others;
    },
    print: (value) => meanings.find(([, meaning]) => meaning === value)?.[0] ?? meanings[0]![0],
  }, absent);
}

/** Whether a text passes a test; nothing can be written. */
export function test<T>(path: string, judge: (text: string) => T | undefined, absent: Missing<T>): Field<T> {
  return (resource) => {
    const slot = resource.slot(path);
    const value = readSlot(resource, slot, { read: judge, print: () => '' }, absent);
    return value && observe(value, (one) => one);
  };
}

/** Whether an attribute or block is there at all, whatever it says. */
export function present(...paths: readonly string[]): Field<boolean> {
  return (resource) => {
    const found = paths.find((path) => resource.has(path));
    const span = found === undefined ? resource.span : resource.place(found).span;
    return found === undefined ? { kind: 'default', value: false, span, source: sourceOf(resource), write: () => [] } : known(true, span);
  };
}

/** Whether a key is one the owner controls: a reference or an ARN is, an alias of AWS or nothing at all is not. */
export function ownKey(...paths: readonly string[]): Field<boolean> {
  return (resource) => {
    const path = paths.find((one) => resource.value(one) !== undefined);
    const value = path === undefined ? undefined : resource.value(path);
    const span = path === undefined ? resource.span : resource.place(path).span;
    if (value === undefined) return { kind: 'default', value: false, span, source: sourceOf(resource), write: () => [] };
    if (value.is === 'unknown') return undetermined(span, value.because);
    return known(!/\balias\/aws\//.test(roughly(value) ?? ''), span);
  };
}

/** What a list holds, as it is in force; writing is left to the caller. */
export function items<T>(path: string, judge: (texts: readonly string[]) => T, absent: Missing<T>, write?: (resource: Resource, value: T) => string): Field<T> {
  return (resource) => {
    const { span, attribute, state } = resource.place(path);
    const value = resource.value(path);
    const writing = (wanted: T) => (write ? state(write(resource, wanted)) : []);
    if (!attribute || value === undefined) {
      if (value !== undefined) return undetermined(span, value.is === 'unknown' ? value.because : 'it is made from an expression');
      if (absent === undefined) return undefined;
      const standard = missing(resource, absent);
      return 'because' in standard ? undetermined(span, standard.because) : { kind: 'default', span, ...standard, write: writing };
    }
    const all = itemsOf(value);
    const open = all.find((item) => item.is === 'unknown');
    if (open?.is === 'unknown') return undetermined(span, open.because);
    return known(judge(all.map((item) => textOf(item) ?? roughly(item) ?? '')), span, writing);
  };
}

/** What is said of an attribute whose value only the plan knows; nothing where the files tell it, or nothing states it. */
export function unsure(resource: Resource, path: string): Undetermined | undefined {
  const value = resource.value(path);
  if (value === undefined || value.is === 'scalar' || value.is === 'null') return undefined;
  return undetermined(resource.place(path).span, value.is === 'unknown' ? value.because : 'its value is known only when the plan is carried out');
}

/** A field that holds only under a condition, and else says nothing. */
export function where<T>(condition: (resource: Resource) => boolean, field: Field<T>): Field<T> {
  return (resource) => (condition(resource) ? field(resource) : undefined);
}

/** A field that reads another one's value. */
export function reading<A, B>(field: Field<A>, meaning: (value: A) => B, back?: (value: B) => A): Field<B> {
  return (resource) => {
    const value = field(resource);
    if (!value || value.kind === 'undetermined') return value;
    return { ...value, value: meaning(value.value), write: (wanted: B) => (back ? value.write(back(wanted)) : []) };
  };
}

/** A value that a resource type has whatever the file says. */
export function always<T>(value: T): Field<T> {
  return ({ span }) => known(value, span);
}

/** The first field that says something that is not a default, else the last. */
export function either<T>(...fields: readonly Field<T>[]): Field<T> {
  return (resource) => {
    const all = fields.map((field) => field(resource)).filter((one) => one !== undefined);
    return all.find((one) => one.kind !== 'default') ?? all.at(-1);
  };
}

/** Points a setting at a place. */
export function at<T>(span: Span, value: T): Setting<T> {
  return known(value, span);
}
