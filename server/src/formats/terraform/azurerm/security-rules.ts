import { Opening } from '#concepts/opening.js';
import { oncePer } from '#engine/attached.js';
import type { Fact } from '#engine/concept.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import { table } from '#engine/table.js';
import { allOf, behind, namesOf, orderOf, reachOf, type Denying } from '../filters.js';
import { isKnown, type Ports, type Resource } from '../resource.js';
import { named, type Says } from '../says.js';
import { entry, itemsOf, pointsAt, textOf, type Value } from '../values.js';

/** What a rule says for everyone beside a range of addresses: a star, or the service tag of the Internet. */
const anyone = (text: string) => /^(?:\*|0\.0\.0\.0(?:\/0)?|internet|any|<nw>\/0)$/i.test(text);

const inline = 'azurerm_network_security_group';
const apart = 'azurerm_network_security_rule';

type Get = (name: string) => Value | undefined;

/** Ports as Azure writes them: `22`, `20-30`, `*`, alone or in a list. */
function portsOf(get: Get): Ports {
  const ranges: (readonly [number, number])[] = [];
  for (const one of allOf(get, 'destination_port_range', 'destination_port_ranges')) {
    if (one.is === 'unknown') return one;
    for (const text of (textOf(one) ?? '').split(',')) {
      if (text.trim() === '*') return 'any';
      const [from, to] = text.split('-').map(Number);
      if (from !== undefined && Number.isFinite(from)) ranges.push([from, to !== undefined && Number.isFinite(to) ? to : from]);
    }
  }
  return ranges;
}

const sourcesOf = (get: Get) => allOf(get, 'source_address_prefix', 'source_address_prefixes');

/** The rules of a group that deny, wherever they stand: Azure looks at the lowest number first (Azure documentation, "Network security groups"). */
function denials(resource: Resource): readonly Denying[] {
  const { module } = resource;
  const group = resource.type === inline ? undefined : pointsAt(resource.value('network_security_group_name'));
  const names = resource.type === inline ? namesOf(resource) : group === undefined ? [] : [group];
  const groups = module.all(inline).filter((one) => names.includes(`${inline}.${one.name}`) || names.includes(pointsAt(entry(one.value, 'name')) ?? ''));
  const all = [...names, ...groups.flatMap((one) => [`${inline}.${one.name}`, pointsAt(entry(one.value, 'name')) ?? ''])];
  const rules = [
    ...groups.flatMap((one) => itemsOf(entry(one.value, 'security_rule')).map((value) => ({ value, certain: one.certain }))),
    ...module.pointing(apart, 'network_security_group_name', all).at,
  ];
  return rules.flatMap(({ value, certain }) => denying(value).map((one) => (certain ? one : { ...one, doubt: 'it may not be there' })));
}

const denying = oncePer((value: Value): readonly Denying[] => {
  const get: Get = (name) => entry(value, name);
  if (value.is === 'unknown') return [{ order: undefined, ports: { because: value.because }, from: 'unknown', doubt: value.because }];
  if (!/^deny$/i.test(textOf(get('access')) ?? '') || !/^inbound$/i.test(textOf(get('direction')) ?? '')) return [];
  const everywhere = [...allOf(get, 'destination_address_prefix', 'destination_address_prefixes'), ...allOf(get, 'source_port_range', 'source_port_ranges')].every((one) => anyone(textOf(one) ?? ''));
  return everywhere ? [{ order: orderOf(get('priority')), ports: portsOf(get), protocol: textOf(get('protocol')), from: reachOf(sourcesOf(get), anyone) }] : [];
});

function opening(one: Resource, resource: Resource, label: string): readonly Fact[] {
  if (!/^inbound$/i.test(one.text('direction') ?? '') || !/^allow$/i.test(one.text('access') ?? '')) return [];
  const get: Get = (name) => one.value(name);
  const sources = sourcesOf(get);
  const from = reachOf(sources, anyone);
  const open = sources.find((value) => value.is === 'unknown');
  const ports = portsOf(get);
  const path = ['source_address_prefix', 'source_address_prefixes'].find((name) => one.value(name) !== undefined)!;
  let source: Setting<'anywhere' | 'restricted'> = open?.is === 'unknown' ? undetermined(one.span, open.because) : known<'anywhere' | 'restricted'>('restricted', one.span);
  if (from !== 'some' && from !== 'unknown') {
    const { span, attribute, state } = one.place(path);
    const code = table<Readonly<Record<string, string>>>({ literal: '"192.0.2.0/24"', list: '["192.0.2.0/24"]' })[attribute?.value.kind as string];
    source = known<'anywhere' | 'restricted'>('anywhere', span, (wanted) => (wanted === 'restricted' && code !== undefined ? state(code) : []));
  }
  const fact = { label, span: one.span, protocol: one.text('protocol') };
  if (!isKnown(ports)) return [{ ...fact, ports: 'any' as const, source: source.kind !== 'undetermined' && source.value === 'anywhere' ? undetermined(one.span, ports.because) : source } as Fact];
  return [{ ...fact, ...behind({ order: orderOf(one.value('priority')), ports, protocol: fact.protocol, source, from }, denials(resource)) } as Fact];
}

/** What rules of a group let in. */
export const openings = (each?: string): Says => ({
  of: Opening,
  facts: (resource, called) => {
    const label = named(called, resource);
    const facts = (each === undefined ? [resource] : resource.nested(each)).flatMap((one) => opening(one, resource, label));
    return each !== undefined && resource.isDynamic(each) ? [...facts, { label, span: resource.span, ports: 'any', source: undetermined(resource.span, `the ${each} rules are made from an expression`) } as Fact] : facts;
  },
});
