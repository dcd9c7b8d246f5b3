import { AuditTrail } from '#concepts/audit-trail.js';
import { Backup } from '#concepts/backup.js';
import { Channel, type ChannelFields } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { areEveryone } from '#concepts/network-names.js';
import { Privilege } from '#concepts/privilege.js';
import { Software } from '#concepts/software.js';
import { Store } from '#concepts/store.js';
import { known, undetermined } from '#engine/setting.js';
import { always, either, entry, flag, items, ownKey, present, reading, says, test, unset, where, word, type Entry, type Field, type Says, type Table } from '../says.js';
import { firewall } from './firewall.js';
import { KeyRotation, NetworkLimits, PersonalLogin, PrivateAddress, PublicAccessBlock } from '../traits.js';
import { entry as entryOf, fromJson, itemsOf, roughly, textOf } from '../values.js';

/** Google encrypts everything at rest; the key is Google's unless one is named. */
export const keyed = (kind: string, ...paths: readonly string[]): Says => says(Store, { kind }, { encrypted: always(true), ownKey: ownKey(...paths) });

const everyone = (members: readonly string[]): boolean => members.some((member) => member === 'allUsers' || member === 'allAuthenticatedUsers');

/** Roles of the first days that give nearly everything. */
const primitive = /^roles\/(?:owner|editor)$/;
const impersonation = /^roles\/iam\.(?:serviceAccountTokenCreator|serviceAccountUser|serviceAccountKeyAdmin|serviceAccountAdmin)$/;
const wide = /^google_(?:project|folder|organization)_iam_/;

/** A member of a kind is one party, whatever its name comes to. */
const member: Field<boolean> = (resource) => (/^(?:user|group|serviceAccount|domain|principal|principalSet):/.test(roughly(resource.value('member')) ?? '') ? known(false, resource.place('member').span)
  : test<boolean>('member', (who) => everyone([who]), undefined)(resource));

/** Who may do what with a resource of any kind: `google_…_iam_member` and `google_…_iam_binding`. */
const grant: Entry = entry('role grant',
  says(Privilege, {}, {
    anyone: either(member, items('members', everyone, undefined)),
    everything: where((one) => wide.test(one.type), test<boolean>('role', (role) => primitive.test(role), undefined)),
    dangerous: where((one) => wide.test(one.type), test<readonly string[]>('role', (role) => (impersonation.test(role) ? [role] : []), undefined)),
  }));

/** A whole policy at once, spelled out in a data source or as an object. */
const policy: Entry = entry('access policy', says(Privilege, {}, { anyone: (resource) => {
  const value = resource.value('policy_data');
  const { span } = resource.place('policy_data');
  const [, type, name] = value?.is === 'reference' && value.path[0] === 'data' ? value.path : [];
  const document = type === 'google_iam_policy' && name !== undefined ? resource.module.scope.data(type, name) : value?.is === 'scalar' || value?.is === 'partial' ? fromJson(value.text) : value;
  if (document?.is !== 'object') return document && undetermined(span, 'the policy is not spelled out in the files at hand');
  const bindings = itemsOf(entryOf(document, 'binding') ?? entryOf(document, 'bindings'));
  return known(bindings.some((one) => everyone([...itemsOf(entryOf(one, 'members')), ...itemsOf(entryOf(one, 'member'))].map((who) => textOf(who) ?? ''))), span);
} }));

/** GitHub's identity provider speaks for every repository there is: only a condition tells them apart. */
const gitHub: Field<boolean> = (resource) => {
  if (!(resource.text('oidc.issuer_uri') ?? '').includes('token.actions.githubusercontent.com')) return undefined;
  const condition = resource.value('attribute_condition');
  if (condition?.is === 'unknown') return undetermined(resource.place('attribute_condition').span, condition.because);
  const named = /assertion\.(?:sub|repository|repository_id|repository_owner|repository_owner_id)\b|attribute\.repository/.test(roughly(condition) ?? '');
  return known(!named, resource.place('attribute_condition').span);
};

/** The table entry of a type that is one of a family. */
export function familyOf(type: string): Entry | undefined {
  return /^google_\w+_iam_(?:member|binding)$/.test(type) ? grant : /^google_\w+_iam_policy$/.test(type) ? policy : undefined;
}

/** Entries of the metadata of a machine or project; yes is written in several ways. */
const metadata = (name: string): Field<boolean> => (resource) => {
  const value = entryOf(resource.value('metadata'), name);
  const { span } = resource.place('metadata');
  if (value?.is === 'unknown') return undetermined(span, value.because);
  return value === undefined ? known(false, resource.span) : known(/^(?:true|1|yes|y)$/i.test(textOf(value) ?? ''), span);
};

const machine: readonly Says[] = [
  says(PrivateAddress, {}, { holds: (resource) => {
    const found = resource.nested('network_interface.access_config')[0];
    return resource.nested('network_interface').some((one) => one.isDynamic('access_config')) ? undetermined(resource.span, 'the addresses are made from an expression') : known(found === undefined, found?.span ?? resource.span);
  } }),
  says(PersonalLogin, {}, { holds: (resource) => (textOf(entryOf(resource.value('metadata'), 'enable-oslogin'))?.toLowerCase() === 'true' ? known(true, resource.span) : metadata('block-project-ssh-keys')(resource)) }),
  says(Software, {}, { debug: metadata('serial-port-enable') }, { called: 'serial console of the machine' }),
  says(Privilege, {}, { everything: (resource) => {
    const [account] = resource.nested('service_account');
    if (!account) return undefined;
    const scopes = itemsOf(account.value('scopes')).map((one) => textOf(one) ?? '');
    const standard = account.value('email') === undefined || /-compute@developer\.gserviceaccount\.com$/.test(account.text('email') ?? '');
    return known(standard && scopes.some((scope) => /(?:^|\/)cloud-platform$/.test(scope)), account.span);
  } }),
];

const sqlNetworks: Field<boolean> = (resource) => {
  const networks = resource.nested('settings.ip_configuration.authorized_networks');
  const open = areEveryone(networks.map((one) => one.text('value') ?? '')) ? (networks.find((one) => areEveryone([one.text('value') ?? ''])) ?? networks[0]) : undefined;
  if (open) return known(true, open.span);
  return resource.nested('settings.ip_configuration').some((one) => one.isDynamic('authorized_networks')) ? undetermined(resource.span, 'the networks are made from an expression') : known(false, resource.span);
};
/** `ssl_mode` is the only switch since version 6 of the provider; `require_ssl` counts where an older file states it alone. */
const sqlTls: Field<ChannelFields['protection']> = (resource) => (resource.value('settings.ip_configuration.require_ssl') !== undefined && resource.value('settings.ip_configuration.ssl_mode') === undefined
  ? reading(flag('settings.ip_configuration.require_ssl', undefined), (on) => (on ? 'encrypted' as const : 'opportunistic' as const), (wanted) => wanted === 'encrypted')(resource)
  : word<ChannelFields['protection']>('settings.ip_configuration.ssl_mode', [['ENCRYPTED_ONLY', 'encrypted'], ['ALLOW_UNENCRYPTED_AND_ENCRYPTED', 'opportunistic'], ['TRUSTED_CLIENT_CERTIFICATE_REQUIRED', 'encrypted']], 'opportunistic')(resource));
const sqlLogs: Field<boolean> = (resource) => {
  const off = resource.nested('settings.database_flags').find((one) => /^(?:log_connections|log_disconnections|log_duration|log_checkpoints|cloudsql\.enable_pgaudit)$/.test(one.text('name') ?? '') && one.text('value') === 'off');
  return off && known(false, off.span, () => off.slot('value').write('on'));
};

const controlPlane: Field<'any' | 'restricted'> = (resource) => {
  if (resource.isDynamic('master_authorized_networks_config')) return undetermined(resource.span, 'the networks are made from an expression');
  const listed = resource.nested('master_authorized_networks_config');
  const wideOpen = areEveryone(resource.nested('master_authorized_networks_config.cidr_blocks').map((one) => one.text('cidr_block') ?? ''));
  const closed = resource.text('private_cluster_config.enable_private_endpoint') === 'true' || resource.text('control_plane_endpoints_config.ip_endpoints_config.enabled') === 'false';
  return known<'any' | 'restricted'>(closed || (listed.length > 0 && !wideOpen) ? 'restricted' : 'any', listed[0]?.span ?? resource.span);
};
const serviceLog = (path: string): Field<boolean> => word<boolean>(path, [['logging.googleapis.com/kubernetes', true], ['none', false]], undefined, true);

/** Seconds, as `7776000s`. 90 days: CIS Google Cloud Platform Foundation Benchmark, 1.10. */
const rotation: Field<boolean> = (resource) => {
  const slot = resource.slot('rotation_period');
  if (slot.obscured !== undefined) return undetermined(slot.span, slot.obscured);
  const seconds = Number(/^(\d{1,12})(?:\.\d+)?s$/.exec(slot.raw ?? '')?.[1] ?? Infinity);
  return known(seconds <= 90 * 86_400, slot.span, () => slot.write('7776000s'));
};

const machineAddress = (path: string, value: string, standard: boolean | undefined): Says => says(PrivateAddress, {}, { holds: word<boolean>(path, [[value, true]], standard, false) });

export const google: Table = {
  google_storage_bucket: entry('storage bucket', says(Store, { kind: 'bucket' }, { encrypted: always(true), ownKey: ownKey('encryption.default_kms_key_name'), versioned: flag('versioning.enabled', false), deletionProtected: where((one) => one.has('retention_policy'), flag('retention_policy.is_locked', false)) }),
    says(PublicAccessBlock, {}, { holds: (resource) => (resource.text('public_access_prevention') === 'enforced' ? known(true, resource.span) : either(flag('bucket_policy_only', undefined), flag('uniform_bucket_level_access', false))(resource)) }),
    says(AuditTrail, {}, { enabled: present('logging') })),
  google_storage_bucket_access_control: entry('bucket access', says(Privilege, {}, { anyone: test<boolean>('entity', (who) => everyone([who]), undefined) })),
  google_storage_default_object_access_control: entry('object access', says(Privilege, {}, { anyone: test<boolean>('entity', (who) => everyone([who]), undefined) })),
  google_bigquery_dataset: entry('BigQuery dataset', keyed('table', 'default_encryption_configuration.kms_key_name'),
    says(Privilege, {}, { anyone: (resource) => either(test<boolean>('special_group', (who) => everyone([who]), undefined), test<boolean>('iam_member', (who) => everyone([who]), undefined))(resource) }, { each: 'access' })),
  google_bigquery_table: entry('BigQuery table', keyed('table', 'encryption_configuration.kms_key_name')),
  google_compute_firewall: entry('firewall rule', firewall),
  google_compute_instance: entry('machine', ...machine, says(Store, { kind: 'disk' }, { encrypted: always(true), ownKey: ownKey('boot_disk.kms_key_self_link', 'boot_disk.disk_encryption_key_raw') }, { called: 'boot disk of the machine' })),
  google_compute_instance_template: entry('machine template', ...machine),
  google_compute_instance_from_template: entry('machine', says(PersonalLogin, {}, { holds: where((one) => one.value('metadata') !== undefined, metadata('block-project-ssh-keys')) })),
  google_iam_workload_identity_pool_provider: entry('identity provider', says(Privilege, {}, { anyone: gitHub })),
  google_compute_project_metadata: entry('project metadata', says(PersonalLogin, {}, { holds: metadata('enable-oslogin') }), says(Software, {}, { debug: metadata('serial-port-enable') }, { called: 'serial console of the machines of' })),
  google_compute_project_metadata_item: entry('project metadata', says(PersonalLogin, {}, { holds: where((one) => one.text('key') === 'enable-oslogin', word<boolean>('value', [['TRUE', true], ['FALSE', false]], undefined)) }),
    says(Software, {}, { debug: where((one) => one.text('key') === 'serial-port-enable', word<boolean>('value', [['FALSE', false], ['TRUE', true], ['1', true]], undefined)) }, { called: 'serial console of the machines of' })),
  google_compute_disk: entry('disk', keyed('disk', 'disk_encryption_key.kms_key_self_link', 'disk_encryption_key.raw_key')),
  google_compute_ssl_policy: entry('TLS policy', says(Channel, { role: 'listens' as const, protocol: 'https' }, { leastVersion: word<ChannelFields['leastVersion']>('min_tls_version', [['TLS_1_2', '1.2'], ['TLS_1_1', '1.1'], ['TLS_1_0', '1.0'], ['TLS_1_3', '1.3']], '1.0') })),
  google_compute_subnetwork: entry('subnet', says(AuditTrail, {}, { enabled: present('log_config') }, { when: (one) => !/^(?:REGIONAL_MANAGED_PROXY|INTERNAL_HTTPS_LOAD_BALANCER|GLOBAL_MANAGED_PROXY)$/.test(one.text('purpose') ?? '') })),
  google_sql_database_instance: entry('SQL instance',
    says(Store, { kind: 'database' }, { encrypted: always(true), ownKey: ownKey('encryption_key_name'), public: sqlNetworks, deletionProtected: flag('deletion_protection', true) }),
    says(Channel, { role: 'listens' as const, protocol: 'sql' }, { protection: sqlTls }, { when: (one) => one.has('settings') && one.value('master_instance_name') === undefined }),
    says(Backup, {}, { enabled: flag('settings.backup_configuration.enabled', false) }, { when: (one) => one.value('master_instance_name') === undefined }),
    says(AuditTrail, {}, { enabled: sqlLogs })),
  google_container_cluster: entry('GKE cluster', says(Login, {}, { sources: controlPlane }),
    says(AuditTrail, {}, { enabled: serviceLog('logging_service') }), says(Privilege, {}, { everything: flag('enable_legacy_abac', false) }, { called: 'legacy authorisation of the GKE cluster' }),
    says(Login, {}, { method: reading(flag('master_auth.client_certificate_config.issue_client_certificate', undefined), (on) => (on ? 'weak' as const : 'strong' as const), (wanted) => wanted === 'weak') }),
    says(Store, { kind: 'cluster secrets' }, { ownKey: word('database_encryption.state', [['ENCRYPTED', true], ['ALL_OBJECTS_ENCRYPTION_ENABLED', true], ['DECRYPTED', false]], false) }, { called: 'secret store of the GKE cluster' })),
  google_kms_crypto_key: entry('KMS key', says(KeyRotation, {}, { holds: rotation }, { when: (one) => !/^ASYMMETRIC|^MAC/.test(one.text('purpose') ?? '') })),
  google_pubsub_topic: entry('Pub/Sub topic', keyed('queue', 'kms_key_name')),
  google_spanner_database: entry('Spanner database', keyed('database', 'encryption_config.kms_key_name')),
  google_artifact_registry_repository: entry('artifact registry', keyed('registry', 'kms_key_name')),
  google_dataflow_job: entry('Dataflow job', keyed('job', 'kms_key_name'), machineAddress('ip_configuration', 'WORKER_IP_PRIVATE', false)),
  google_dataproc_cluster: entry('Dataproc cluster', says(PrivateAddress, {}, { holds: flag('cluster_config.gce_cluster_config.internal_ip_only', false) })),
  google_document_ai_processor: entry('document processor', keyed('model', 'kms_key_name')),
  google_document_ai_warehouse_location: entry('document warehouse', keyed('store', 'kms_key')),
  google_vertex_ai_dataset: entry('Vertex AI dataset', keyed('table', 'encryption_spec.kms_key_name')),
  google_vertex_ai_featurestore: entry('Vertex AI feature store', keyed('table', 'encryption_spec.kms_key_name')),
  google_notebooks_instance: entry('notebook', says(PrivateAddress, {}, { holds: flag('no_public_ip', false) })),
  google_notebooks_runtime: entry('notebook', keyed('volume', 'virtual_machine.virtual_machine_config.encryption_config.kms_key'), says(PrivateAddress, {}, { holds: flag('virtual_machine.virtual_machine_config.internal_ip_only', false) })),
  google_workbench_instance: entry('notebook', says(PrivateAddress, {}, { holds: flag('gce_setup.disable_public_ip', false) })),
  google_tpu_v2_vm: entry('TPU machine', says(PrivateAddress, {}, { holds: unset('network_config.enable_external_ips', true) })),
  google_redis_instance: entry('Redis instance', says(Login, {}, { anonymous: reading(flag('auth_enabled', false), (on) => !on, (off) => !off) }),
    says(Channel, { role: 'listens' as const, protocol: 'redis' }, { protection: word<ChannelFields['protection']>('transit_encryption_mode', [['SERVER_AUTHENTICATION', 'encrypted'], ['DISABLED', 'none']], 'none') })),
  google_cloudfunctions_function: entry('function', says(NetworkLimits, {}, { holds: word<boolean>('ingress_settings', [['ALLOW_INTERNAL_ONLY', true], ['ALLOW_INTERNAL_AND_GCLB', true], ['ALLOW_ALL', false]], false) })),
  google_cloudfunctions2_function: entry('function', says(NetworkLimits, {}, { holds: word<boolean>('service_config.ingress_settings', [['ALLOW_INTERNAL_ONLY', true], ['ALLOW_INTERNAL_AND_GCLB', true], ['ALLOW_ALL', false]], false) })),
  google_project_iam_audit_config: entry('audit configuration', says(AuditTrail, {}, { enabled: (resource) => {
    const exempt = resource.nested('audit_log_config').find((one) => one.has('exempted_members'));
    return exempt ? known(false, exempt.span) : undefined;
  } }, { called: 'audit configuration, for the exempted members,' })),
};
