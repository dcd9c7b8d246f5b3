import { areEveryone } from '#concepts/network-names.js';
import { leftOpen, type Denial, type OpeningPorts } from '#concepts/opening.js';
import { undetermined, type Setting } from '#engine/setting.js';
import { isKnown, type Ports, type Resource } from './resource.js';
import { itemsOf, textOf, type Value } from './values.js';

/** A rule that turns traffic away, of a filter whose rules are looked at in the order of a number. */
export interface Denying {
  /** What the filter goes by: the lowest first. Nothing where nobody can say. */
  readonly order: number | undefined;
  readonly ports: Ports;
  readonly protocol?: string | undefined;
  /** Whether it is for everyone, or for everyone of a family of addresses; `unknown` where nobody can say. */
  readonly from: Reach;
  /** Why it may not be there at all. */
  readonly doubt?: string | undefined;
}

export type Reach = 'everyone' | 'IPv4' | 'IPv6' | 'some' | 'unknown';

/** Whom a list of ranges takes in. `anyone` tells words of the product for everyone. */
export function reachOf(values: readonly Value[], anyone: (text: string) => boolean = () => false): Reach {
  const texts = values.map((value) => textOf(value) ?? '');
  if (texts.some(anyone)) return 'everyone';
  const [four, six] = [areEveryone(texts.filter((text) => !text.includes(':'))), areEveryone(texts.filter((text) => text.includes(':')))];
  if (four || six) return four && six ? 'everyone' : four ? 'IPv4' : 'IPv6';
  return values.some((value) => value.is === 'unknown') ? 'unknown' : 'some';
}

const takesIn = (outer: Reach, inner: Reach) => outer === 'everyone' || outer === inner;

interface Allowing {
  readonly order: number | undefined;
  readonly ports: OpeningPorts['ports'];
  readonly protocol?: string | undefined;
  readonly source: Setting<'anywhere' | 'restricted'>;
  readonly from: Reach;
}

/**
 * An opening less what the filter turns away before it comes to it. A rule that may stand before it, or may turn away what it opens,
 * leaves the question open. `tie` is whether a denial of the same number comes first.
 */
export function behind({ order, ports, protocol, source, from }: Allowing, denials: readonly Denying[], tie = false): { readonly ports: OpeningPorts['ports']; readonly source: Setting<'anywhere' | 'restricted'> } {
  if (source.kind === 'undetermined' || source.value === 'restricted' || denials.length === 0) return { ports, source };
  const before = denials.filter((one) => (one.from === 'unknown' || takesIn(one.from, from)) && (one.order === undefined || order === undefined || one.order < order || (tie && one.order === order)));
  const sure = before.flatMap((one): readonly (Denial & Denying)[] => (isKnown(one.ports) && one.order !== undefined && order !== undefined && one.from !== 'unknown' && one.doubt === undefined ? [{ ...one, ports: one.ports }] : []));
  const left = leftOpen(ports, protocol, sure);
  const open = before.find((one) => !sure.some((known) => known.order === one.order && known.ports === one.ports) && (!isKnown(one.ports) || differs(left, leftOpen(left, protocol, [{ ports: one.ports, protocol: one.protocol }]))));
  if (open) return { ports: left, source: undetermined(source.span, 'another rule may turn this away before: its number, its ports or whom it is for are not known') };
  return { ports: left, source };
}

const differs = (before: OpeningPorts['ports'], after: OpeningPorts['ports']) => JSON.stringify(before) !== JSON.stringify(after);

/** A whole number, where the value is one. */
export function orderOf(value: Value | undefined, standard?: number): number | undefined {
  if (value === undefined || value.is === 'null') return standard;
  const text = textOf(value);
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** The names a resource goes by in others: its address, and what it is called. */
export function namesOf(resource: Resource): readonly string[] {
  return [resource.address, ...(resource.text('name') === undefined ? [] : [`"${resource.text('name')}"`])];
}

/** The values of several attributes of an object that hold one item or a list, in one list. */
export function allOf(get: (name: string) => Value | undefined, ...names: readonly string[]): readonly Value[] {
  return names.flatMap((name) => itemsOf(get(name)));
}
