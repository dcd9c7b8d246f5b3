import { AuditTrail } from '#concepts/audit-trail.js';
import { Firewall } from '#concepts/firewall.js';
import { areEveryone } from '#concepts/network-names.js';
import { Opening } from '#concepts/opening.js';
import { Tunnel } from '#concepts/tunnel.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import { grants } from '../policies.js';
import { isKnown, type Resource } from '../resource.js';
import { entry, flag, items, named, says, unset, where, type Says, type Table } from '../says.js';
import { OtherTenants, PrivateAddress } from '../traits.js';
import { itemsOf, textOf } from '../values.js';
import { behindDenials } from './network-acls.js';
import { portsOf } from './ports.js';

/** Who a rule lets in, from lists of address ranges. Writing puts an example network in their place. */
function sourceOf(rule: Resource, paths: readonly string[]): Setting<'anywhere' | 'restricted'> {
  const stated = paths.filter((path) => rule.value(path) !== undefined);
  const wide = stated.find((path) => areEveryone(itemsOf(rule.value(path)).map((one) => textOf(one) ?? '')));
  if (wide !== undefined) {
    const { span, state, attribute } = rule.place(wide);
    const value = rule.value(wide)!;
    const example = wide.includes('ipv6') ? '"2001:db8::/32"' : '"192.0.2.0/24"';
    const literal = attribute?.value.kind === 'list' || attribute?.value.kind === 'literal';
    const write = (source: 'anywhere' | 'restricted') => (source === 'restricted' && literal ? state(value.is === 'list' ? `[${example}]` : example) : []);
    return { ...known<'anywhere' | 'restricted'>('anywhere', span, write), ...through(rule, wide) };
  }
  const open = stated.flatMap((path) => itemsOf(rule.value(path)).map((one) => [path, one] as const)).find(([, one]) => one.is === 'unknown');
  if (open && open[1].is === 'unknown') return undetermined(rule.place(open[0]).span, open[1].because);
  return known<'anywhere' | 'restricted'>('restricted', rule.span);
}

function through(rule: Resource, path: string): { readonly through?: string } {
  const value = rule.value(path);
  const how = value?.through ?? itemsOf(value).find((one) => one.through !== undefined)?.through;
  return how === undefined ? {} : { through: how };
}

interface Shape {
  readonly each?: string;
  readonly when?: (rule: Resource) => boolean;
  readonly called: string;
  readonly sources: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly protocol?: string;
  /** What is left where rules are looked at in the order of their numbers. */
  readonly numbered?: typeof behindDenials;
}

/** The openings of a firewall resource: one for each rule, wherever it stands. */
function openings({ each, when, called, sources, from = 'from_port', to = 'to_port', protocol = 'protocol', numbered }: Shape): Says {
  return {
    of: Opening,
    facts: (resource) => {
      const made = each !== undefined && resource.isDynamic(each);
      const rules = (each === undefined ? [resource] : resource.nested(each)).filter((rule) => when?.(rule) ?? true);
      const facts = rules.map((rule) => {
        const ports = portsOf((name) => rule.value(name), from, to, protocol);
        const source = sourceOf(rule, sources);
        const fact = { label: named(called, resource), span: rule.span, protocol: rule.text(protocol) };
        if (isKnown(ports)) return { ...fact, ...(numbered ? numbered(rule, resource, { ports, protocol: fact.protocol, source }) : { ports, source }) };
        return { ...fact, ports: 'any' as const, source: source.kind !== 'undetermined' && source.value === 'restricted' ? source : undetermined(rule.span, ports.because) };
      });
      return made ? [...facts, { label: named(called, resource), span: resource.span, ports: 'any' as const, source: undetermined(resource.span, `the ${each} rules are made from an expression`) }] : facts;
    },
  };
}

const ranges = ['cidr_blocks', 'ipv6_cidr_blocks'];
const inbound = openings({ each: 'ingress', called: 'security group', sources: ranges });
const passes = (rule: Resource): boolean => rule.text('rule_action') === 'allow' || rule.text('action') === 'allow';
const listed = { sources: ['cidr_block', 'ipv6_cidr_block'], numbered: behindDenials } as const;

/** The group every network has: whatever names no other is in it, so it should let nothing in. */
const closed = says(Firewall, {}, { input: (resource) => {
  const rules = [...resource.nested('ingress')];
  if (resource.isDynamic('ingress')) return undetermined(resource.span, 'the ingress rules are made from an expression');
  return rules.length === 0 ? known<'drop' | 'accept'>('drop', resource.span) : known<'drop' | 'accept'>('accept', rules[0]!.span);
} });

const flowLogs = says(AuditTrail, {}, { enabled: (resource) => {
  const found = resource.companions('aws_flow_log', 'vpc_id');
  if (found.sure.length > 0) return known(true, resource.span);
  if (!resource.module.complete) return undetermined(resource.span, 'the other files of the folder, which may state flow logs, have not been read');
  if (found.perhaps.length > 0) return undetermined(resource.span, `${found.perhaps[0]!.type}.${found.perhaps[0]!.name} may be for this network`);
  return known(false, resource.span);
} }, { called: 'network' });

/** Old groups and versions a tunnel may be negotiated with, where its options list any. Of AWS's ciphers and hashes none is ruled out by RFC 8221. */
const tunnels: readonly Says[] = ['tunnel1', 'tunnel2'].flatMap((prefix) => [
  ...[1, 2].map((phase) => says(Tunnel, { kind: 'ipsec' as const }, {
    weakGroups: items(`${prefix}_phase${phase}_dh_group_numbers`, (groups) => groups.filter((group) => group === '2' || group === '5'), undefined, () => '[14, 19, 20]'),
  })),
  says(Tunnel, { kind: 'ipsec' as const }, { ikeVersion: items<1 | 2>(`${prefix}_ike_versions`, (versions) => (versions.includes('ikev1') ? 1 : 2), undefined, () => '["ikev2"]') }),
]);

export const network: Table = {
  aws_security_group: entry('security group', inbound),
  aws_default_security_group: entry('default security group', inbound, closed),
  aws_security_group_rule: entry('security group rule', openings({ called: 'security group rule', sources: ranges, when: (rule) => rule.text('type') !== 'egress' })),
  aws_vpc_security_group_ingress_rule: entry('security group rule', openings({ called: 'security group rule', sources: ['cidr_ipv4', 'cidr_ipv6'], protocol: 'ip_protocol' })),
  aws_db_security_group: entry('database security group', openings({ each: 'ingress', called: 'database security group', sources: ['cidr'] })),
  aws_redshift_security_group: entry('Redshift security group', openings({ each: 'ingress', called: 'Redshift security group', sources: ['cidr'] })),
  aws_network_acl: entry('network ACL', openings({ each: 'ingress', called: 'network ACL', ...listed, when: passes })),
  aws_default_network_acl: entry('default network ACL', openings({ each: 'ingress', called: 'default network ACL', ...listed, when: passes })),
  aws_network_acl_rule: entry('network ACL rule', openings({ called: 'network ACL rule', ...listed, when: (rule) => passes(rule) && rule.text('egress') !== 'true' })),
  aws_lightsail_instance_public_ports: entry('Lightsail firewall', openings({ each: 'port_info', called: 'Lightsail firewall', sources: ['cidrs', 'ipv6_cidrs'], when: (rule) => rule.value('cidrs') !== undefined || rule.value('ipv6_cidrs') !== undefined })),
  aws_subnet: entry('subnet', says(PrivateAddress, {}, { holds: unset('map_public_ip_on_launch', true) })),
  aws_default_subnet: entry('default subnet', says(PrivateAddress, {}, { holds: unset('map_public_ip_on_launch', undefined) })),
  aws_vpc: entry('VPC', flowLogs),
  aws_vpc_endpoint: entry('VPC endpoint', grants('policy', 'resource')),
  aws_vpn_connection: entry('VPN connection', ...tunnels),
  aws_ec2_client_vpn_endpoint: entry('client VPN', says(AuditTrail, {}, { enabled: flag('connection_log_options.enabled', undefined) })),
  aws_vpc_endpoint_service: entry('endpoint service', says(OtherTenants, {}, { holds: where((one) => one.text('acceptance_required') === 'false', items('allowed_principals', (who) => !who.includes('*'), undefined)) })),
};
