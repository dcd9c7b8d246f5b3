import { AuditTrail } from '#concepts/audit-trail.js';
import { Backup } from '#concepts/backup.js';
import { Channel, type ChannelFields } from '#concepts/channel.js';
import { Malware } from '#concepts/malware.js';
import { areEveryone } from '#concepts/network-names.js';
import { Opening } from '#concepts/opening.js';
import { Store } from '#concepts/store.js';
import { known } from '#engine/setting.js';
import type { Resource } from '../resource.js';
import { always, amount, daysOrEver, either, entry, flag, items, ownKey, present, reading, released, says, unset, where, word, type Entry, type Field, type Missing, type Says, type Table } from '../says.js';
import { NetworkLimits, OtherTenants, PersonalLogin, PrivateAddress, PublicAccessBlock, SameOrigin, ShortLivedAccess } from '../traits.js';
import { itemsOf, textOf } from '../values.js';

type Version = ChannelFields['leastVersion'];

/** Data in Azure services is always encrypted at rest; the key is Microsoft's unless one is named. */
export const keyed = (kind: string, ...paths: readonly string[]): Says => says(Store, { kind }, { encrypted: always(true), ownKey: ownKey(...paths) });

/** Whether the public address is closed, or answers listed networks only. */
export const limited = (path = 'public_network_access_enabled', ...rules: readonly string[]): Says => says(NetworkLimits, {}, { holds: (resource) => {
  const denied = rules.find((rule) => resource.text(rule)?.toLowerCase() === 'deny' || (resource.value(rule) !== undefined && !/default_action$/.test(rule)));
  return denied === undefined ? unset(path, false)(resource) : known(true, resource.place(denied).span);
} });

const versions = [['TLS1_2', '1.2'], ['1.2', '1.2'], ['TLS1_0', '1.0'], ['TLS1_1', '1.1'], ['1.0', '1.0'], ['1.1', '1.1'], ['TLS1_3', '1.3'], ['1.3', '1.3'], ['TLSEnforcementDisabled', '1.0'], ['Disabled', '1.0']] as const;
/** The least TLS version, written with a dot or as `TLS1_2`, whichever the resource type takes. */
export const tls = (path: string, standard: Missing<Version>, dotted = false): Field<Version> => word<Version>(path, dotted ? versions.filter(([name]) => !name.startsWith('TLS1')) : versions, standard);

export const listens = (protocol: string, leastVersion: Field<Version>, protection?: Field<ChannelFields['protection']>): Says =>
  says(Channel, { role: 'listens' as const, protocol }, { leastVersion, ...(protection && { protection }) });

/** TLS that is enforced by a switch. */
export const enforced = (path: string, standard: boolean | undefined): Field<ChannelFields['protection']> => reading(flag(path, standard), (on) => (on ? 'encrypted' as const : 'opportunistic' as const), (wanted) => wanted === 'encrypted');
const notEnforced = (path: string): Field<ChannelFields['protection']> => reading(flag(path, undefined), (on) => (on ? 'opportunistic' as const : 'encrypted' as const), (wanted) => wanted !== 'encrypted');

/** Accounts kept in the service itself, beside those of the directory. */
export const localAccounts = (path: string, standard: boolean): Says => says(PersonalLogin, {}, { holds: unset(path, standard) });

const geo = says(Backup, {}, { separate: flag('geo_redundant_backup_enabled', false) });
const kept = says(Backup, {}, { retention: amount('backup_retention_days', 7) });

const sqlServer = entry('SQL server', limited(), listens('tds', tls('minimum_tls_version', '1.2', true)),
  says(AuditTrail, {}, { enabled: (resource) => {
    if (resource.has('extended_auditing_policy')) return known(true, resource.span);
    const found = resource.companions('azurerm_mssql_server_extended_auditing_policy', 'server_id');
    return found.sure.length > 0 ? known(true, resource.span) : resource.module.complete && found.perhaps.length === 0 ? known(false, resource.span) : { kind: 'undetermined', span: resource.span, because: 'an auditing policy elsewhere may be for it' };
  } }));
const auditing = entry('SQL auditing policy', says(AuditTrail, {}, { enabled: flag('enabled', true), retention: daysOrEver('retention_in_days', Infinity) }));

/** A database's firewall: from one address to another. From the lowest to the highest is everyone. */
const range = (port: number): Says => ({
  of: Opening,
  facts: (resource) => {
    const [first, last] = [resource.text('start_ip_address'), resource.text('end_ip_address')];
    const span = resource.place('end_ip_address').span;
    const wide = first === '0.0.0.0' && last === '255.255.255.255';
    return first === undefined || last === undefined ? [] : [{ label: `The database firewall rule "${resource.name}"`, span: resource.span, ports: [[port, port]] as const, source: known(wide ? 'anywhere' as const : 'restricted' as const, span) }];
  },
});

/** The rule that names no address is the portal's switch for all of Azure, the subscriptions of other customers among it. */
const allOfAzure = says(OtherTenants, {}, { holds: (resource) => {
  const [first, last] = [resource.text('start_ip_address'), resource.text('end_ip_address')];
  return first === undefined || last === undefined ? undefined : known(!(first === '0.0.0.0' && last === '0.0.0.0'), resource.place('end_ip_address').span);
} });
const addressRange = (port: number): Entry => entry('database firewall rule', range(port), allOfAzure);

/** Cosmos DB takes `0.0.0.0` in its list for all data centres of Azure; a text up to version 3 of the provider, a list since. */
const allOfCosmos = says(OtherTenants, {}, { holds: items('ip_range_filter', (ranges) => !ranges.flatMap((one) => one.split(',')).some((one) => one.trim() === '0.0.0.0'), undefined) });

/** Whether files of other origins' pages may read the answers. */
export const origins = (each: string): Says => says(SameOrigin, {}, { holds: items('allowed_origins', (allowed) => !allowed.includes('*'), undefined) }, { each });

/** Notices of odd behaviour in a database. */
const alerts = (path: string): Entry => entry('threat detection policy', says(Malware, {}, { scanner: word<boolean>(path, [['Enabled', true], ['Disabled', false]], undefined) }), says(AuditTrail, {}, { retention: daysOrEver('retention_days', Infinity) }));

const single = (protocol: string) => [limited(), listens(protocol, tls('ssl_minimal_tls_version_enforced', '1.2'), enforced('ssl_enforcement_enabled', undefined)), geo, kept];
const flexible = [limited('public_network_access_enabled', 'delegated_subnet_id'), geo, kept, keyed('database', 'customer_managed_key.key_vault_key_id')];

/** Settings of a PostgreSQL server by name. */
const parameter: Says = says(AuditTrail, {}, { enabled: where((one) => /^(?:log_connections|log_disconnections|log_checkpoints|connection_throttling)$/.test(one.text('name') ?? ''), word('value', [['on', true], ['off', false]], undefined)) });
const secureTransport = (protocol: string): Says => says(Channel, { role: 'listens' as const, protocol }, { protection: where((one) => one.text('name') === 'require_secure_transport', word('value', [['ON', 'encrypted'], ['OFF', 'opportunistic']] as const, undefined)) });

const https: Field<ChannelFields['protection']> = either(enforced('https_traffic_only_enabled', undefined), enforced('enable_https_traffic_only', undefined));
const isPublic = word<boolean>('container_access_type', [['private', false], ['blob', true], ['container', true]], false);

export const data: Table = {
  // Deleted and overwritten blobs can be brought back by versions as well as by soft delete.
  azurerm_storage_account: entry('storage account', says(Store, { kind: 'bucket' }, { encrypted: always(true), versioned: either(where((one) => one.has('blob_properties.delete_retention_policy'), always(true)), flag('blob_properties.versioning_enabled', false)) }),
    listens('https', tls('min_tls_version', '1.2'), https),
    says(PublicAccessBlock, {}, { holds: (resource) => (resource.value('allow_blob_public_access') === undefined ? unset('allow_nested_items_to_be_public', released(false, [5, true]))(resource) : unset('allow_blob_public_access', undefined)(resource)) }),
    says(NetworkLimits, {}, { holds: storageLimits }), says(PersonalLogin, {}, { holds: unset('local_user_enabled', undefined) }),
    says(Backup, {}, { separate: word('account_replication_type', [['GRS', true], ['LRS', false], ['ZRS', false], ['RAGRS', true], ['GZRS', true], ['RAGZRS', true]], undefined) })),
  azurerm_storage_account_network_rules: entry('storage network rules', says(NetworkLimits, {}, { holds: word('default_action', [['Deny', true], ['Allow', false]], undefined) })),
  azurerm_storage_container: entry('storage container', says(Store, { kind: 'bucket' }, { public: isPublic })),
  azurerm_managed_disk: entry('managed disk', keyed('disk', 'disk_encryption_set_id'), says(Store, { kind: 'disk' }, { encrypted: flag('encryption_settings.enabled', undefined) }), says(NetworkLimits, {}, { holds: unset('public_network_access_enabled', undefined) })),
  azurerm_mssql_server: sqlServer,
  azurerm_sql_server: sqlServer,
  azurerm_mssql_server_extended_auditing_policy: auditing,
  azurerm_mssql_database_extended_auditing_policy: auditing,
  azurerm_mssql_firewall_rule: addressRange(1433),
  azurerm_sql_firewall_rule: addressRange(1433),
  azurerm_postgresql_firewall_rule: addressRange(5432),
  azurerm_postgresql_flexible_server_firewall_rule: addressRange(5432),
  azurerm_mysql_firewall_rule: addressRange(3306),
  azurerm_mysql_flexible_server_firewall_rule: addressRange(3306),
  azurerm_mariadb_firewall_rule: addressRange(3306),
  azurerm_redis_firewall_rule: entry('cache firewall rule', says(Opening, { ports: [[6379, 6380]] as const }, { source: (resource) => (resource.text('start_ip') === '0.0.0.0' && resource.text('end_ip') === '255.255.255.255' ? known('anywhere' as const, resource.span) : undefined) })),
  azurerm_synapse_firewall_rule: addressRange(1433),
  azurerm_mssql_managed_instance: entry('SQL managed instance', listens('tds', tls('minimum_tls_version', '1.2', true)), says(NetworkLimits, {}, { holds: unset('public_data_endpoint_enabled', true) }),
    says(Backup, {}, { separate: word('storage_account_type', [['GRS', true], ['GZRS', true], ['LRS', false], ['ZRS', false]], true) })),
  azurerm_mssql_database: entry('SQL database', says(Store, { kind: 'database' }, { encrypted: flag('transparent_data_encryption_enabled', true) }), says(Backup, {}, { retention: amount('short_term_retention_policy.retention_days', undefined) })),
  azurerm_mssql_server_security_alert_policy: alerts('state'),
  azurerm_synapse_workspace_security_alert_policy: alerts('policy_state'),
  azurerm_synapse_sql_pool_security_alert_policy: alerts('policy_state'),
  azurerm_postgresql_server: entry('PostgreSQL server', ...single('postgresql')),
  azurerm_mysql_server: entry('MySQL server', ...single('mysql')),
  azurerm_mariadb_server: entry('MariaDB server', ...single('mysql')),
  azurerm_postgresql_flexible_server: entry('PostgreSQL server', ...flexible),
  azurerm_mysql_flexible_server: entry('MySQL server', ...flexible),
  azurerm_postgresql_configuration: entry('PostgreSQL parameter', parameter, secureTransport('postgresql')),
  azurerm_postgresql_flexible_server_configuration: entry('PostgreSQL parameter', parameter, secureTransport('postgresql')),
  azurerm_mysql_configuration: entry('MySQL parameter', secureTransport('mysql')),
  azurerm_mysql_flexible_server_configuration: entry('MySQL parameter', secureTransport('mysql')),
  azurerm_redis_cache: entry('Redis cache', limited(), listens('redis', tls('minimum_tls_version', released<Version>('1.0', [5, '1.2']), true), either(notEnforced('non_ssl_port_enabled'), notEnforced('enable_non_ssl_port')))),
  azurerm_cosmosdb_account: entry('Cosmos DB account', keyed('database', 'key_vault_key_id', 'managed_hsm_key_id'), limited('public_network_access_enabled', 'ip_range_filter'), allOfCosmos, says(PersonalLogin, {}, { holds: either(unset('local_authentication_enabled', undefined), flag('local_authentication_disabled', false)) })),
  azurerm_kusto_cluster: entry('Data Explorer cluster', says(Store, { kind: 'database' }, { encrypted: either(flag('enable_disk_encryption', undefined), flag('disk_encryption_enabled', false)) }), limited()),
  azurerm_data_factory: entry('data factory', keyed('pipeline', 'customer_managed_key_id'), limited('public_network_enabled')),
  azurerm_synapse_workspace: entry('Synapse workspace', keyed('database', 'customer_managed_key.key_versionless_id', 'customer_managed_key'), limited()),
  azurerm_servicebus_namespace: entry('Service Bus', keyed('queue', 'customer_managed_key.key_vault_key_id'), limited(), listens('amqp', tls('minimum_tls_version', '1.2', true)), localAccounts('local_auth_enabled', false)),
  azurerm_eventhub_namespace: entry('Event Hubs namespace', limited('public_network_access_enabled', 'network_rulesets.default_action'), listens('amqp', tls('minimum_tls_version', '1.2', true)), localAccounts('local_authentication_enabled', false)),
  azurerm_eventgrid_topic: entry('Event Grid topic', limited(), localAccounts('local_auth_enabled', false)),
  azurerm_eventgrid_domain: entry('Event Grid domain', limited(), localAccounts('local_auth_enabled', false)),
  azurerm_key_vault: entry('key vault', says(Store, { kind: 'vault' }, { deletionProtected: flag('purge_protection_enabled', false) }), limited('public_network_access_enabled', 'network_acls.default_action')),
  azurerm_key_vault_key: entry('key', says(ShortLivedAccess, {}, { holds: present('expiration_date', 'rotation_policy') })),
  azurerm_key_vault_secret: entry('secret', says(ShortLivedAccess, {}, { holds: present('expiration_date') })),
  azurerm_recovery_services_vault: entry('recovery vault', keyed('backup', 'encryption.key_id'), says(Store, { kind: 'backup' }, { deletionProtected: flag('soft_delete_enabled', true) })),
  azurerm_healthcare_service: entry('FHIR service', keyed('database', 'cosmosdb_key_vault_key_versionless_id'), says(NetworkLimits, {}, { holds: unset('public_network_access_enabled', undefined) }), origins('cors_configuration')),
  azurerm_healthcare_fhir_service: entry('FHIR service', origins('cors')),
  azurerm_healthcare_dicom_service: entry('DICOM service', keyed('database', 'encryption_key_url'), limited(), origins('cors')),
  azurerm_databricks_workspace: entry('Databricks workspace', limited(), says(PrivateAddress, {}, { holds: flag('custom_parameters.no_public_ip', undefined) })),
  azurerm_backup_policy_vm: entry('backup policy', says(Backup, {}, { retention: amount('retention_daily.count', undefined) })),
};

/** The rules stand in the account or in a resource of their own. */
function storageLimits(resource: Resource) {
  if (resource.text('public_network_access_enabled') === 'false') return known(true, resource.place('public_network_access_enabled').span);
  const everyone = resource.nested('network_rules').find((one) => areEveryone(itemsOf(one.value('ip_rules')).map((ip) => textOf(ip) ?? '')));
  if (everyone) return known(false, everyone.place('ip_rules').span);
  if (resource.has('network_rules')) return word<boolean>('network_rules.default_action', [['Deny', true], ['Allow', false]], undefined)(resource);
  const found = resource.companions('azurerm_storage_account_network_rules', 'storage_account_id');
  if (found.sure.length > 0) return undefined;
  if (!resource.module.complete || found.perhaps.length > 0) return { kind: 'undetermined' as const, span: resource.span, because: 'network rules elsewhere may be for it' };
  return unset('public_network_access_enabled', false)(resource);
}

