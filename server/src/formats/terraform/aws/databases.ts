import { AuditTrail } from '#concepts/audit-trail.js';
import { Backup } from '#concepts/backup.js';
import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Software } from '#concepts/software.js';
import { Store } from '#concepts/store.js';
import { yesNo } from '#engine/codec.js';
import { inReleases, releasesOf, type Changed } from '#engine/release.js';
import { known, setting, translate, undetermined } from '#engine/setting.js';
import { table } from '#engine/table.js';
import { grants } from '../policies.js';
import type { Resource } from '../resource.js';
import { always, amount, entry, flag, items, ownKey, reading, released, says, sourceOf, unset, word, type Field, type Says, type Table } from '../says.js';
import { FinalSnapshot, InternalTraffic, PrivateNetwork, Standby } from '../traits.js';
import { textOf } from '../values.js';
import { keyed, keyIf } from './storage.js';

/** The second family of parameters refuses connections in clear (Amazon Redshift Management Guide, "Default parameter values"). */
const requireSsl: Changed<boolean> = { product: 'the parameter group family redshift', page: 'require_ssl', values: [['1.0', false], ['2.0', true]], to: '2.0' };

/** Replicas and restored copies take these over from their source. */
const madeFrom = ['replicate_source_db', 'replication_source_identifier', 'snapshot_identifier', 'global_cluster_identifier', 'snapshot_arn'];
const copied = (resource: Resource): boolean => madeFrom.some((path) => resource.value(path) !== undefined) || ['restore_to_point_in_time', 's3_import'].some((path) => resource.has(path));

/** Encryption that is off unless it is asked for. */
const encrypted = (path: string): Field<boolean> => (resource) =>
  resource.value(path) === undefined && copied(resource) ? undetermined(resource.span, 'it is encrypted as its source is') : flag(path, false)(resource);

/** Aurora in the old serverless mode is always encrypted. */
const clusterEncrypted: Field<boolean> = (resource) => (resource.text('engine_mode') === 'serverless' && resource.value('storage_encrypted') === undefined ? undefined : encrypted('storage_encrypted')(resource));

const database = (encryption: Field<boolean>, key: Field<boolean>, more: { public?: Field<boolean>; deletionProtected?: Field<boolean> } = {}): Says => says(Store, { kind: 'database' }, { encrypted: encryption, ownKey: key, ...more });

/** Days of automatic backups; 0 switches them off. */
const backups = (path: string, standard: number | undefined): Says =>
  says(Backup, {}, {
    enabled: reading(amount(path, standard), (days) => days > 0, (on) => (on ? 35 : 0)),
    retention: (resource) => {
      const days = amount(path, standard)(resource);
      return days && days.kind !== 'undetermined' && days.value === 0 ? undefined : days;
    },
  }, { when: (one) => one.value(path) !== undefined || !copied(one) });

/** Which logs leave the database; none by default. */
const exportsLogs = (path: string, ...wanted: readonly string[]): Says =>
  says(AuditTrail, {}, { enabled: items(path, (logs) => logs.length > 0 && (wanted.length === 0 || logs.some((log) => wanted.includes(log))), false, (_resource, on) => (on ? `["${wanted[0] ?? 'audit'}"]` : '[]')) }, { when: (one) => !copied(one) });

const rdsLogs: Readonly<Record<string, string>> = table({ postgres: '["postgresql", "upgrade"]', 'aurora-postgresql': '["postgresql"]', mysql: '["audit", "error"]', mariadb: '["audit", "error"]', 'aurora-mysql': '["audit", "error"]' });
const rdsExports: Field<boolean> = (resource) => items('enabled_cloudwatch_logs_exports', (logs) => logs.length > 0, false, (one) => rdsLogs[one.text('engine') ?? ''] ?? '["audit"]')(resource);

const minorVersions = says(Software, {}, { updated: flag('auto_minor_version_upgrade', true) });

/** Whether a parameter group makes clients use TLS. Of parameter groups that say nothing the default of the family is not guessed. */
const requiresTls = (protocol: string, names: readonly string[], on: readonly string[]): Says =>
  says(Channel, { role: 'listens' as const, protocol }, { protection: (resource) => {
    const found = resource.nested('parameter').find((one) => names.includes((one.text('name') ?? '').toLowerCase()));
    if (!found) return resource.isDynamic('parameter') ? undetermined(resource.span, 'the parameters are made from an expression') : undefined;
    return word<'encrypted' | 'opportunistic'>('value', on.map((text) => [text, 'encrypted'] as const), undefined, 'opportunistic')(found);
  } });

/** Engines that Redis or Valkey speak; Memcached has no replication groups. Valkey encrypts unless told otherwise. */
const cacheDefault = (path: string): Field<boolean> => (resource) => {
  const engine = resource.value('engine');
  return flag(path, engine === undefined || textOf(engine) === 'redis' ? false : textOf(engine) === 'valkey' ? undefined : { because: 'the default depends on the engine' })(resource);
};

/** One machine, which has no other to talk to: the provider's default is one data node without dedicated masters. */
const isOneNode = (resource: Resource): boolean =>
  !resource.isDynamic('cluster_config') && (resource.text('cluster_config.instance_count') ?? (resource.value('cluster_config.instance_count') ? undefined : '1')) === '1'
  && (resource.value('cluster_config.dedicated_master_enabled') === undefined || resource.text('cluster_config.dedicated_master_enabled') === 'false');

const search = (type: 'aws_elasticsearch_domain' | 'aws_opensearch_domain') => entry(type === 'aws_opensearch_domain' ? 'OpenSearch domain' : 'Elasticsearch domain',
  says(Store, { kind: 'database' }, { encrypted: flag('encrypt_at_rest.enabled', false), ownKey: keyIf('encrypt_at_rest.enabled', 'encrypt_at_rest.kms_key_id') }),
  says(Channel, { role: 'listens' as const, protocol: 'https' }, {
    protection: reading((resource) => flag('domain_endpoint_options.enforce_https', resource.has('domain_endpoint_options'))(resource), (on) => (on ? 'encrypted' as const : 'opportunistic' as const), (wanted) => wanted === 'encrypted'),
    leastVersion: word('domain_endpoint_options.tls_security_policy', [['Policy-Min-TLS-1-2-2019-07', '1.2'], ['Policy-Min-TLS-1-0-2019-07', '1.0'], ['Policy-Min-TLS-1-2-PFS-2023-10', '1.2']] as const, '1.0' as const),
  }),
  says(InternalTraffic, {}, { holds: flag('node_to_node_encryption.enabled', false) }, { when: (one) => !isOneNode(one) }),
  says(AuditTrail, {}, { enabled: (resource) => {
    const logs = resource.nested('log_publishing_options');
    if (resource.isDynamic('log_publishing_options')) return undetermined(resource.span, 'the logs are made from an expression');
    const span = logs[0]?.span ?? resource.span;
    return known(logs.some((log) => ['AUDIT_LOGS', 'INDEX_SLOW_LOGS', 'SEARCH_SLOW_LOGS'].includes(log.text('log_type') ?? '') && log.text('enabled') !== 'false'), span);
  } }),
  says(PrivateNetwork, {}, { holds: (resource) => known(resource.has('vpc_options'), resource.span) }),
  says(Login, {}, { anonymous: flag('advanced_security_options.anonymous_auth_enabled', undefined) }),
  grants('access_policies', 'resource'));

const graph = ['audit'] as const;

/** Neptune has no passwords: without IAM it asks nobody who they are (Neptune User Guide, "Authenticating your Amazon Neptune database with IAM"). */
const unsigned = says(Login, {}, { anonymous: unset('iam_database_authentication_enabled', true) });

/** Redis and Valkey ask for a password or a user only where one is named (ElastiCache User Guide, "Authenticating with AUTH" and "RBAC"). */
const withoutUsers = says(Login, {}, { anonymous: (resource) => (['auth_token', 'auth_token_wo', 'user_group_ids', 'global_replication_group_id'].some((path) => resource.has(path)) ? known(false, resource.span)
  : { kind: 'default', value: true, span: resource.span, source: sourceOf(resource), write: () => [] }) });

/** The key of the connection's parameters. An endpoint for S3 takes none, but one for its objects: DMS, CreateEndpoint, KmsKeyId and S3Settings. */
const connectionKey = says(Store, { kind: 'connection' }, { encrypted: always(true), ownKey: (resource) => ownKey(...(resource.text('engine_name') === 's3' ? ['s3_settings.server_side_encryption_kms_key_id'] : ['kms_key_arn']))(resource) });

export const databases: Table = {
  aws_db_instance: entry('database instance',
    database(encrypted('storage_encrypted'), keyIf('storage_encrypted', 'kms_key_id'), { public: flag('publicly_accessible', false), deletionProtected: flag('deletion_protection', false) }),
    backups('backup_retention_period', 0), minorVersions,
    says(AuditTrail, {}, { enabled: rdsExports }, { when: (one) => !copied(one) }),
    says(Standby, {}, { holds: flag('multi_az', false) }, { when: (one) => !copied(one) }),
    says(FinalSnapshot, {}, { holds: unset('skip_final_snapshot', true) })),
  aws_rds_cluster: entry('database cluster',
    database(clusterEncrypted, keyIf('storage_encrypted', 'kms_key_id'), { deletionProtected: flag('deletion_protection', false) }),
    backups('backup_retention_period', 1),
    says(AuditTrail, {}, { enabled: rdsExports }, { when: (one) => !copied(one) }),
    says(FinalSnapshot, {}, { holds: unset('skip_final_snapshot', true) })),
  aws_rds_cluster_instance: entry('database cluster instance', says(Store, { kind: 'database' }, { public: flag('publicly_accessible', false) }), minorVersions),
  aws_rds_global_cluster: entry('global database', database(encrypted('storage_encrypted'), () => undefined, { deletionProtected: flag('deletion_protection', false) })),
  aws_db_parameter_group: entry('database parameter group', requiresTls('sql', ['rds.force_ssl', 'require_secure_transport'], ['1', 'ON', 'true'])),
  aws_rds_cluster_parameter_group: entry('database parameter group', requiresTls('sql', ['rds.force_ssl', 'require_secure_transport'], ['1', 'ON', 'true'])),
  aws_db_proxy: entry('database proxy', says(Channel, { role: 'listens' as const, protocol: 'sql' }, { protection: reading(flag('require_tls', false), (on) => (on ? 'encrypted' as const : 'opportunistic' as const), (wanted) => wanted === 'encrypted') })),
  aws_docdb_cluster: entry('DocumentDB cluster',
    database(encrypted('storage_encrypted'), keyIf('storage_encrypted', 'kms_key_id'), { deletionProtected: flag('deletion_protection', false) }), backups('backup_retention_period', 1),
    exportsLogs('enabled_cloudwatch_logs_exports', 'audit'), says(FinalSnapshot, {}, { holds: unset('skip_final_snapshot', true) })),
  aws_docdb_cluster_parameter_group: entry('DocumentDB parameter group', requiresTls('mongodb', ['tls'], ['enabled', 'tls1.2+', 'tls1.3+', 'fips-140-3'])),
  aws_docdbelastic_cluster: entry('DocumentDB elastic cluster', keyed('database', 'kms_key_id'), backups('backup_retention_period', undefined)),
  aws_db_instance_automated_backups_replication: entry('backup replication', keyed('backup', 'kms_key_id'), says(Backup, {}, { retention: amount('retention_period', 7) })),
  aws_lightsail_database: entry('Lightsail database', says(Store, { kind: 'database' }, { public: flag('publicly_accessible', false) }), says(Backup, {}, { enabled: flag('backup_retention_enabled', undefined) }), says(FinalSnapshot, {}, { holds: unset('skip_final_snapshot', undefined) })),
  aws_docdb_global_cluster: entry('global DocumentDB cluster', database(encrypted('storage_encrypted'), () => undefined, { deletionProtected: flag('deletion_protection', false) })),
  aws_neptune_cluster: entry('Neptune cluster', unsigned,
    database(encrypted('storage_encrypted'), keyIf('storage_encrypted', 'kms_key_arn'), { deletionProtected: flag('deletion_protection', false) }), backups('backup_retention_period', 1),
    exportsLogs('enable_cloudwatch_logs_exports', ...graph), says(FinalSnapshot, {}, { holds: unset('skip_final_snapshot', true) })),
  aws_neptune_cluster_instance: entry('Neptune instance', says(Store, { kind: 'database' }, { public: flag('publicly_accessible', false) }), minorVersions),
  aws_neptune_cluster_snapshot: entry('Neptune snapshot', says(Store, { kind: 'database' }, { encrypted: flag('storage_encrypted', undefined) })),
  aws_redshift_cluster: entry('Redshift cluster',
    database((resource) => (copied(resource) && resource.value('encrypted') === undefined ? undefined : flag('encrypted', released(false, [6, true]))(resource)), keyIf('encrypted', 'kms_key_id'),
      { public: flag('publicly_accessible', released(true, [6, false])) }),
    backups('automated_snapshot_retention_period', 1), says(Software, {}, { updated: flag('allow_version_upgrade', true) }),
    says(AuditTrail, {}, { enabled: flag('logging.enable', undefined) }),
    says(FinalSnapshot, {}, { holds: unset('skip_final_snapshot', true) })),
  aws_redshift_parameter_group: entry('Redshift parameter group', says(Channel, { role: 'listens' as const, protocol: 'sql' }, { protection: (resource) => {
    const found = resource.nested('parameter').find((one) => one.text('name')?.toLowerCase() === 'require_ssl');
    if (!found) return resource.isDynamic('parameter') ? undetermined(resource.span, 'the parameters are made from an expression') : translate(setting({ span: resource.span, write: () => [] }, yesNo(['true'], ['false']), inReleases(requireSsl, releasesOf(/^redshift-(.*)/.exec(resource.text('family') ?? '')?.[1]), 'state require_ssl')),
      (on): 'encrypted' | 'opportunistic' => (on ? 'encrypted' : 'opportunistic'), (wanted) => wanted === 'encrypted');
    return word<'encrypted' | 'opportunistic'>('value', [['true', 'encrypted']], undefined, 'opportunistic')(found);
  } })),
  aws_redshiftserverless_namespace: entry('Redshift namespace', keyed('database', 'kms_key_id'), exportsLogs('log_exports', 'useractivitylog', 'connectionlog', 'userlog')),
  aws_redshiftserverless_workgroup: entry('Redshift workgroup', says(Store, { kind: 'database' }, { public: flag('publicly_accessible', false) })),
  aws_redshift_snapshot_copy_grant: entry('Redshift snapshot grant', keyed('database', 'kms_key_id')),
  aws_dynamodb_table: entry('DynamoDB table',
    says(Store, { kind: 'database' }, { encrypted: always(true), ownKey: (resource) => (resource.text('server_side_encryption.enabled') === 'false' ? known(false, resource.place('server_side_encryption.enabled').span) : ownKey('server_side_encryption.kms_key_arn')(resource)), deletionProtected: flag('deletion_protection_enabled', false) }),
    says(Backup, {}, { enabled: flag('point_in_time_recovery.enabled', false) })),
  aws_dynamodb_table_replica: entry('DynamoDB replica', keyed('database', 'kms_key_arn'), says(Backup, {}, { enabled: flag('point_in_time_recovery', false) })),
  aws_dax_cluster: entry('DAX cluster',
    says(Store, { kind: 'database' }, { encrypted: flag('server_side_encryption.enabled', false) }),
    says(Channel, { role: 'listens' as const, protocol: 'dax' }, { protection: word('cluster_endpoint_encryption_type', [['TLS', 'encrypted'], ['NONE', 'none']] as const, 'none' as const) })),
  aws_elasticache_replication_group: entry('ElastiCache replication group',
    says(Store, { kind: 'database' }, { encrypted: cacheDefault('at_rest_encryption_enabled'), ownKey: keyIf('at_rest_encryption_enabled', 'kms_key_id') }),
    says(Channel, { role: 'listens' as const, protocol: 'redis' }, { protection: reading(cacheDefault('transit_encryption_enabled'), (on) => (on ? 'encrypted' as const : 'none' as const), (wanted) => wanted === 'encrypted') }),
    backups('snapshot_retention_limit', 0), withoutUsers),
  aws_elasticache_cluster: entry('ElastiCache cluster',
    says(Channel, { role: 'listens' as const, protocol: 'memcached' }, { protection: reading(flag('transit_encryption_enabled', undefined), (on) => (on ? 'encrypted' as const : 'none' as const), (wanted) => wanted === 'encrypted') }),
    says(Backup, {}, { enabled: reading(amount('snapshot_retention_limit', 0), (days) => days > 0, (on) => (on ? 35 : 0)) }, { when: (one) => one.text('engine') === 'redis' || one.text('engine') === 'valkey' })),
  aws_elasticache_serverless_cache: entry('ElastiCache serverless cache', keyed('database', 'kms_key_id')),
  aws_memorydb_cluster: entry('MemoryDB cluster', keyed('database', 'kms_key_arn'), says(Login, {}, { anonymous: word<boolean>('acl_name', [['open-access', true]], undefined, false) }),
    says(Channel, { role: 'listens' as const, protocol: 'redis' }, { protection: reading(flag('tls_enabled', true), (on) => (on ? 'encrypted' as const : 'none' as const), (wanted) => wanted === 'encrypted') }), backups('snapshot_retention_limit', 0)),
  aws_memorydb_snapshot: entry('MemoryDB snapshot', keyed('database', 'kms_key_arn')),
  aws_elasticsearch_domain: search('aws_elasticsearch_domain'),
  aws_opensearch_domain: search('aws_opensearch_domain'),
  aws_elasticsearch_domain_policy: entry('Elasticsearch domain policy', grants('access_policies', 'resource')),
  aws_opensearch_domain_policy: entry('OpenSearch domain policy', grants('access_policies', 'resource')),
  aws_timestreamwrite_database: entry('Timestream database', keyed('database', 'kms_key_id')),
  aws_keyspaces_table: entry('Keyspaces table', says(Store, { kind: 'database' }, { encrypted: always(true), ownKey: word('encryption_specification.type', [['CUSTOMER_MANAGED_KMS_KEY', true], ['AWS_OWNED_KMS_KEY', false]], false) }),
    says(Backup, {}, { enabled: word('point_in_time_recovery.status', [['ENABLED', true], ['DISABLED', false]], false) })),
  aws_qldb_ledger: entry('QLDB ledger', keyed('database', 'kms_key'), says(Store, { kind: 'database' }, { deletionProtected: flag('deletion_protection', true) })),
  aws_dms_replication_instance: entry('migration instance', keyed('volume', 'kms_key_arn'), says(Store, { kind: 'database' }, { public: flag('publicly_accessible', { because: 'the default is set by the service' }) }), says(Software, {}, { updated: flag('auto_minor_version_upgrade', { because: 'the default is set by the service' }) })),
  aws_dms_endpoint: entry('migration endpoint', connectionKey,
    says(Channel, { role: 'connects' as const, protocol: 'sql' }, { protection: word('ssl_mode', [['require', 'encrypted'], ['none', 'none'], ['verify-ca', 'encrypted'], ['verify-full', 'encrypted']] as const, 'none' as const) },
      { when: (one) => !['s3', 'dynamodb', 'kinesis', 'kafka', 'elasticsearch', 'opensearch', 'neptune', 'redshift', 'mongodb', 'redis', 'docdb'].includes(one.text('engine_name') ?? '') })),
  aws_dms_s3_endpoint: entry('migration endpoint', keyed('bucket', 'kms_key_arn', 'server_side_encryption_kms_key_id')),
};
