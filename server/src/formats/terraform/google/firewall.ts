import { Opening } from '#concepts/opening.js';
import { oncePer } from '#engine/attached.js';
import { groupedBy } from '#engine/grouping.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import { behind, orderOf, reachOf, type Denying } from '../filters.js';
import { isKnown, type Ports, type Resource } from '../resource.js';
import { named, type Says } from '../says.js';
import { entry, itemsOf, roughly, textOf, type Value } from '../values.js';

/** What `allow` or `deny` blocks name: protocols and, for those that have any, ports. */
function portsOf(blocks: readonly Value[]): Ports {
  const ranges: (readonly [number, number])[] = [];
  for (const block of blocks) {
    if (block.is === 'unknown') return block;
    const protocol = textOf(entry(block, 'protocol'))?.toLowerCase();
    if (protocol === 'icmp' || protocol === 'esp' || protocol === 'ah') continue;
    const ports = entry(block, 'ports');
    if (ports?.is === 'unknown') return ports;
    if (ports === undefined || ports.is === 'null' || protocol === 'all') return 'any';
    for (const port of itemsOf(ports)) {
      if (port.is === 'unknown') return port;
      const [from, to] = (textOf(port) ?? '').split('-').map(Number);
      if (from !== undefined && Number.isFinite(from)) ranges.push([from, to !== undefined && Number.isFinite(to) ? to : from]);
    }
  }
  return ranges;
}

/** The protocol of blocks that name one alone. */
function protocolOf(blocks: readonly Value[]): string | undefined {
  const all = new Set(blocks.map((block) => textOf(entry(block, 'protocol'))?.toLowerCase()));
  return all.size === 1 ? [...all][0] : undefined;
}

/** Of rules of the same priority, those that deny come first; without a number it is 1000: Google Cloud documentation, "VPC firewall rules". */
const standard = 1000;

/** The rules of the same network that deny, for every machine or for those the rule is for. */
function denials(resource: Resource): readonly Denying[] {
  const network = roughly(resource.value('network'));
  const tags = new Set(itemsOf(resource.value('target_tags')).map((tag) => textOf(tag)));
  return resource.module.all('google_compute_firewall').flatMap(({ value, certain }): readonly Denying[] => {
    const one = denying(value);
    if (!one || one.network !== network) return [];
    const forThese = tags.size > 0 && [...tags].every((tag) => tag !== undefined && one.targets.includes(tag));
    return !one.forAll && !forThese ? [] : certain ? one.rules : one.rules.map((rule) => ({ ...rule, doubt: 'it may not be there' }));
  });
}

const denying = oncePer((value: Value) => {
  const get = (name: string) => entry(value, name);
  const denied = itemsOf(get('deny'));
  if (denied.length === 0 || textOf(get('direction'))?.toUpperCase() === 'EGRESS' || textOf(get('disabled')) === 'true') return undefined;
  if (['source_tags', 'source_service_accounts', 'destination_ranges'].some((name) => itemsOf(get(name)).length > 0)) return undefined;
  const targets = itemsOf(get('target_tags'));
  const ranges = itemsOf(get('source_ranges'));
  const from = ranges.length === 0 ? 'everyone' as const : reachOf(ranges, (text) => text === '0.0.0.0');
  const rules = [...groupedBy(denied, (block) => protocolOf([block]) ?? '')].map(([protocol, blocks]): Denying => ({ order: orderOf(get('priority'), standard), ports: portsOf(blocks), protocol, from }));
  return { network: roughly(get('network')), targets: targets.map((one) => textOf(one) ?? ''), forAll: targets.length === 0 && itemsOf(get('target_service_accounts')).length === 0, rules };
});

/** What a firewall rule lets in. */
export const firewall: Says = {
  of: Opening,
  facts: (resource, called) => {
    if (resource.text('direction')?.toUpperCase() === 'EGRESS' || resource.text('disabled') === 'true' || !resource.has('allow')) return [];
    const { span, state, attribute } = resource.place('source_ranges');
    const sources = itemsOf(resource.value('source_ranges'));
    const open = sources.find((one) => one.is === 'unknown');
    const from = reachOf(sources, (text) => text === '0.0.0.0');
    const wide = from !== 'some' && from !== 'unknown';
    const blocks = itemsOf(entry(resource.whole, 'allow'));
    const ports: Ports = resource.isDynamic('allow') ? { because: 'the rules are made from an expression' } : portsOf(blocks);
    const source: Setting<'anywhere' | 'restricted'> = wide
      ? known<'anywhere' | 'restricted'>('anywhere', span, (wanted) => (wanted === 'restricted' && attribute?.value.kind === 'list' ? state('["192.0.2.0/24"]') : []))
      : open?.is === 'unknown' ? undetermined(span, open.because) : known<'anywhere' | 'restricted'>('restricted', resource.span);
    const fact = { label: named(called, resource), span: resource.span };
    if (!isKnown(ports)) return [{ ...fact, ports: 'any' as const, source: wide ? undetermined(span, ports.because) : source }];
    return [{ ...fact, ...behind({ order: orderOf(resource.value('priority'), standard), ports, protocol: protocolOf(blocks), source, from }, denials(resource), true) }];
  },
};
