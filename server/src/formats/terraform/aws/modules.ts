import { AuditTrail } from '#concepts/audit-trail.js';
import { Backup } from '#concepts/backup.js';
import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { areEveryone } from '#concepts/network-names.js';
import { Opening, type OpeningPorts } from '#concepts/opening.js';
import { Store } from '#concepts/store.js';
import { known, undetermined } from '#engine/setting.js';
import { table } from '#engine/table.js';
import { grants } from '../policies.js';
import type { Resource } from '../resource.js';
import { amount, entry, flag, items, named, present, reading, says, unset, word, type Field, type Says, type Table } from '../says.js';
import { FinalSnapshot, KeyRotation, MetadataToken, PrivateAddress, PublicAccessBlock, SameOrigin } from '../traits.js';
import { entry as entryOf, itemsOf, textOf } from '../values.js';
import { policyChannel } from './buckets.js';

/**
 * The modules most people build on, by their source in the public registry. Their inputs are named as the arguments they
 * are handed to. Defaults differ between their versions, so only what is stated is judged, except where every version
 * leaves the same out.
 */
export function moduleType(source: string | undefined): string | undefined {
  const [, name, inside] = registrySource.exec(source ?? '') ?? [];
  if (name === undefined || inside === undefined || inside === '') return name;
  // Parts of a module have inputs of their own; those of these are the module's.
  return name.endsWith('/security-group') || (inside === 'db_instance' && name.endsWith('/rds')) ? name : undefined;
}

const registrySource = /^(?:registry\.terraform\.io\/)?(terraform-aws-modules\/[a-z0-9-]+)\/aws(?:\/\/modules\/([\w-]+)|\/\/)?\/?$/;

/** The major version a module is pinned to. */
function major(resource: Resource): number | undefined {
  const version = /^(?:=|~>|>=)?\s*v?(\d{1,4})(?:\.|$)/.exec((resource.text('version') ?? '').trim())?.[1];
  return version === undefined || /[<>,]/.test(resource.text('version') ?? '') ? undefined : Number(version);
}

const switches = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'] as const;
/** On by default from version 4 of the module; off before. */
const blocked: Field<boolean> = (resource) => {
  const version = major(resource);
  const all = switches.map((name) => flag(name, version === undefined ? undefined : version >= 4)(resource));
  const off = all.find((one) => one !== undefined && one.kind !== 'undetermined' && !one.value);
  return off ?? all.find((one) => one?.kind === 'undetermined') ?? (all.every((one) => one !== undefined) ? all[0] : undefined);
};

const database = (...more: readonly Says[]) => [
  says(Store, { kind: 'database' }, { encrypted: flag('storage_encrypted', undefined), public: flag('publicly_accessible', undefined), deletionProtected: flag('deletion_protection', undefined) }),
  says(Backup, {}, { enabled: reading(amount('backup_retention_period', undefined), (days) => days > 0, (on) => (on ? 35 : 0)), retention: (resource) => (resource.text('backup_retention_period') === '0' ? undefined : amount('backup_retention_period', undefined)(resource)) }),
  says(FinalSnapshot, {}, { holds: unset('skip_final_snapshot', undefined) }),
  ...more,
];

const machine: readonly Says[] = [
  says(MetadataToken, {}, { holds: word<boolean>('metadata_options.http_tokens', [['required', true], ['optional', false]], undefined) }),
  says(PrivateAddress, {}, { holds: unset('associate_public_ip_address', undefined) }),
  says(Store, { kind: 'volume' }, { encrypted: flag('encrypted', undefined) }, { each: 'root_block_device', called: 'root volume of the machines of module' }),
  says(Store, { kind: 'volume' }, { encrypted: flag('encrypted', undefined) }, { each: 'ebs_block_device', called: 'volume of the machines of module' }),
  says(Store, { kind: 'volume' }, { encrypted: flag('encrypted', undefined) }, { each: 'block_device_mappings.ebs', called: 'volume of the machines of module' }),
];

/** Rules that the security group module knows by name. */
const namedRules: ReadonlyMap<string, OpeningPorts['ports']> = new Map(Object.entries<OpeningPorts['ports']>({
  'all-all': 'any', 'all-tcp': 'any', 'all-udp': 'any', 'ssh-tcp': [[22, 22]], 'rdp-tcp': [[3389, 3389]], 'mysql-tcp': [[3306, 3306]], 'postgresql-tcp': [[5432, 5432]], 'mssql-tcp': [[1433, 1433]], 'redis-tcp': [[6379, 6379]],
  'mongodb-27017-tcp': [[27_017, 27_017]], 'elasticsearch-rest-tcp': [[9200, 9200]], 'memcached-tcp': [[11_211, 11_211]], 'nfs-tcp': [[2049, 2049]], 'oracle-db-tcp': [[1521, 1521]], 'redshift-tcp': [[5439, 5439]], 'winrm-http-tcp': [[5985, 5985]],
}));

/**
 * What the sub-modules of the security group module open to `ingress_cidr_blocks`: the rules that each names in `auto_ingress_rules`.
 * terraform-aws-security-group 5, modules/ and rules.tf.
 */
const services: Readonly<Record<string, OpeningPorts['ports']>> = table({
  cassandra: [[9042, 9042]], elasticsearch: [[9200, 9200], [9300, 9300]], etcd: [[2379, 2380]], 'kubernetes-api': [[6443, 6443]], ldap: [[389, 389]], memcached: [[11_211, 11_211]], mongodb: [[27_017, 27_019]],
  mssql: [[1433, 1434]], mysql: [[3306, 3306]], nfs: [[2049, 2049]], 'oracle-db': [[1521, 1521]], postgresql: [[5432, 5432]], rdp: [[3389, 3389]], redis: [[6379, 6379]], redshift: [[5439, 5439]], ssh: [[22, 22]],
  wazuh: [[514, 514], [1514, 1516], [9200, 9200]], winrm: [[5985, 5986]],
});

const everyone = (text: string | undefined): boolean => areEveryone((text ?? '').split(','));

const openings: Says = {
  of: Opening,
  facts: (resource, called) => {
    const label = named(called, resource);
    const facts = [];
    const inside = registrySource.exec(resource.text('source') ?? '')?.[2] ?? '';
    const own = Object.hasOwn(services, inside) && resource.value('auto_ingress_rules') === undefined ? [services[inside]!] : [];
    const stated = ['ingress_rules', 'auto_ingress_rules'].flatMap((path) => itemsOf(resource.value(path)).map((rule) => namedRules.get(textOf(rule) ?? '') ?? []));
    const paths = ['ingress_cidr_blocks', 'ingress_ipv6_cidr_blocks'];
    const wide = paths.find((path) => areEveryone(itemsOf(resource.value(path)).flatMap((one) => (textOf(one) ?? '').split(','))));
    const open = paths.flatMap((path) => itemsOf(resource.value(path)).map((value) => ({ path, value }))).find(({ value }) => value.is === 'unknown');
    for (const ports of [...own, ...stated]) {
      if (wide !== undefined) facts.push({ label, span: resource.place(wide).span, ports, source: known('anywhere' as const, resource.place(wide).span) });
      else if (open?.value.is === 'unknown') facts.push({ label, span: resource.place(open.path).span, ports, source: undetermined(resource.place(open.path).span, open.value.because) });
    }
    for (const rule of [...resource.nested('ingress_with_cidr_blocks'), ...resource.nested('ingress_with_ipv6_cidr_blocks')]) {
      const path = rule.value('cidr_blocks') === undefined ? 'ipv6_cidr_blocks' : 'cidr_blocks';
      const from = rule.value('from_port');
      const given = namedRules.get(rule.text('rule') ?? '');
      const [low, high] = [Number(rule.text('from_port') ?? NaN), Number(rule.text('to_port') ?? NaN)];
      const ports: OpeningPorts['ports'] = given ?? (/^(?:-1|all)$/.test(rule.text('protocol') ?? '') ? 'any' : Number.isFinite(low) && Number.isFinite(high) ? [[low, high]] : []);
      const { span } = rule.place(path);
      facts.push({ label, span, ports, source: from?.is === 'unknown' ? undetermined(span, from.because) : known(everyone(rule.text(path)) ? 'anywhere' as const : 'restricted' as const, span) });
    }
    return facts;
  },
};

const listener = (each: string): Says => says(Channel, { role: 'listens' as const, protocol: 'http' }, {
  protection: word('protocol', [['HTTPS', 'encrypted'], ['TLS', 'encrypted'], ['HTTP', 'none']] as const, undefined),
  serves: (one) => known<'data' | 'redirect'>(one.has('redirect') || one.text('action_type') === 'redirect' ? 'redirect' : 'data', one.span),
}, { each, when: (one) => one.value('protocol') !== undefined && !/^(?:TCP|UDP|TCP_UDP)$/.test(one.text('protocol') ?? ''), called: 'listener of module' });

const clusterAddress: Field<'any' | 'restricted'> = (resource) => {
  const open = resource.text('cluster_endpoint_public_access') ?? resource.text('endpoint_public_access');
  const path = ['cluster_endpoint_public_access_cidrs', 'endpoint_public_access_cidrs'].find((one) => resource.value(one) !== undefined);
  if (open !== 'true') return undefined;
  const span = resource.place(path ?? 'cluster_endpoint_public_access').span;
  return known<'any' | 'restricted'>(path === undefined || areEveryone(itemsOf(resource.value(path)).map((one) => textOf(one) ?? '')) ? 'any' : 'restricted', span);
};

export const modules: Table = {
  'terraform-aws-modules/s3-bucket': entry('bucket of module',
    says(Store, { kind: 'bucket' }, { public: word<boolean>('acl', [['private', false], ['public-read', true], ['public-read-write', true], ['authenticated-read', true]], undefined, false), versioned: flag('versioning.enabled', false) }),
    says(AuditTrail, {}, { enabled: (resource) => (entryOf(resource.value('logging'), 'target_bucket') || resource.value('logging')?.is === 'unknown' ? present('logging')(resource) : known(false, resource.span)) }, { when: (one) => one.text('acl') !== 'log-delivery-write' }),
    says(PublicAccessBlock, {}, { holds: blocked }), grants('policy', 'resource'), policyChannel,
    says(SameOrigin, {}, { holds: items('allowed_origins', (origins) => !origins.includes('*'), undefined) }, { each: 'cors_rule' })),
  'terraform-aws-modules/rds': entry('database of module', ...database()),
  'terraform-aws-modules/rds-aurora': entry('database of module', ...database()),
  'terraform-aws-modules/security-group': entry('security group of module', openings),
  'terraform-aws-modules/ec2-instance': entry('machine of module', ...machine),
  'terraform-aws-modules/autoscaling': entry('machines of module', ...machine),
  'terraform-aws-modules/eks': entry('EKS cluster of module', says(Login, {}, { sources: clusterAddress }), says(AuditTrail, {}, { enabled: items('cluster_enabled_log_types', (logs) => logs.includes('audit'), undefined) })),
  'terraform-aws-modules/alb': entry('load balancer of module', listener('http_tcp_listeners'), listener('listeners')),
  'terraform-aws-modules/vpc': entry('network of module', says(AuditTrail, {}, { enabled: flag('enable_flow_log', false) }), says(PrivateAddress, {}, { holds: unset('map_public_ip_on_launch', undefined) })),
  'terraform-aws-modules/kms': entry('key of module', says(KeyRotation, {}, { holds: flag('enable_key_rotation', undefined) })),
  'terraform-aws-modules/sqs': entry('queue of module', says(Store, { kind: 'queue' }, { encrypted: flag('sqs_managed_sse_enabled', undefined) }, { when: (one) => one.value('kms_master_key_id') === undefined }), grants('policy', 'resource')),
  'terraform-aws-modules/dynamodb-table': entry('table of module', says(Backup, {}, { enabled: flag('point_in_time_recovery_enabled', undefined) })),
};

