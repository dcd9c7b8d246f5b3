import type { OpeningPorts } from '#concepts/opening.js';
import type { Setting } from '#engine/setting.js';
import { oncePer } from '#engine/attached.js';
import { allOf, behind, orderOf, reachOf, type Denying } from '../filters.js';
import type { Resource } from '../resource.js';
import { entry, itemsOf, pointsAt, textOf, type Value } from '../values.js';
import { portsOf } from './ports.js';

const lists = ['aws_network_acl', 'aws_default_network_acl'];
const apart = 'aws_network_acl_rule';

/**
 * What a rule of a network ACL lets in behind those that deny, inline or in resources of their own: the lowest number counts first
 * (Amazon VPC User Guide, "Network ACLs").
 */
export function behindDenials(rule: Resource, list: Resource, opening: { readonly ports: OpeningPorts['ports']; readonly protocol?: string | undefined; readonly source: Setting<'anywhere' | 'restricted'> }) {
  const from = reachOf(allOf((name) => rule.value(name), 'cidr_block', 'ipv6_cidr_block'));
  return behind({ ...opening, from, order: orderOf(rule.value('rule_no') ?? rule.value('rule_number')) }, denials(list));
}

function denials(resource: Resource): readonly Denying[] {
  const { module } = resource;
  const name = lists.includes(resource.type) ? resource.address : pointsAt(resource.value('network_acl_id'));
  if (name === undefined) return [];
  const inline = lists.flatMap((type) => module.all(type).filter((one) => `${type}.${one.name}` === name)).flatMap((one) => itemsOf(entry(one.value, 'ingress')).map((value) => ({ value, certain: one.certain })));
  const others = module.pointing(apart, 'network_acl_id', [name]).at;
  return [...inline, ...others].flatMap(({ value, certain }) => denying(value).map((one) => (certain ? one : { ...one, doubt: 'it may not be there' })));
}

const denying = oncePer((value: Value): readonly Denying[] => {
  const get = (attribute: string): Value | undefined => entry(value, attribute);
  if (value.is === 'unknown') return [{ order: undefined, ports: { because: value.because }, from: 'unknown', doubt: value.because }];
  if (textOf(get('action') ?? get('rule_action')) !== 'deny' || textOf(get('egress')) === 'true') return [];
  return [{ order: orderOf(get('rule_no') ?? get('rule_number')), ports: portsOf(get, 'from_port', 'to_port', 'protocol'), protocol: textOf(get('protocol')), from: reachOf(allOf(get, 'cidr_block', 'ipv6_cidr_block')) }];
});
