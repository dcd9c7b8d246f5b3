import { AuditTrail } from '#concepts/audit-trail.js';
import { Backup } from '#concepts/backup.js';
import { Channel, type ChannelFields } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Store } from '#concepts/store.js';
import { Tunnel } from '#concepts/tunnel.js';
import { known, undetermined } from '#engine/setting.js';
import type { Resource } from '../resource.js';
import { amount, entry, flag, says, unset, word, type Field, type Table } from '../says.js';
import { PrivateAddress } from '../traits.js';
import { entry as entryOf, itemsOf, textOf } from '../values.js';
import { keyed } from './google.js';

type Protection = ChannelFields['protection'];

const sslMode = word<Protection>('client_connection_config.ssl_config.ssl_mode', [['ENCRYPTED_ONLY', 'encrypted'], ['ALLOW_UNENCRYPTED_AND_ENCRYPTED', 'opportunistic']], undefined);

/** A proxy for plain HTTP serves data unless its URL map does nothing but send clients to HTTPS. */
const serves: Field<'data' | 'redirect'> = (resource) => {
  const { span } = resource.place('url_map');
  const map = resource.value('url_map');
  if (map?.is !== 'reference') return undetermined(span, 'its URL map is not known here');
  const found = resource.module.all(map.path[0]!).find(({ name }) => name === map.path[1]);
  if (!found) return undetermined(span, `${map.path.slice(0, 2).join('.')} is not in the files at hand`);
  const [redirect] = itemsOf(entryOf(found.value, 'default_url_redirect'));
  if (redirect?.is === 'unknown') return undetermined(span, redirect.because);
  return known<'data' | 'redirect'>(textOf(entryOf(redirect, 'https_redirect')) === 'true' ? 'redirect' : 'data', span);
};

const plainProxy = entry('HTTP proxy', says(Channel, { role: 'listens' as const, protocol: 'http' }, { protection: ({ span }: Resource) => known<Protection>('none', span), serves }));

/** Logs that are kept for thirty days unless more are stated: Cloud Logging, "Configure log buckets". */
const logBucket = entry('log bucket', says(AuditTrail, {}, { retention: amount('retention_days', 30) }));

const redis = [
  says(Login, {}, { anonymous: word<boolean>('authorization_mode', [['AUTH_MODE_IAM_AUTH', false], ['IAM_AUTH', false], ['AUTH_MODE_DISABLED', true], ['AUTH_DISABLED', true]], undefined) }),
  says(Channel, { role: 'listens' as const, protocol: 'redis' }, { protection: word<Protection>('transit_encryption_mode',
    [['TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION', 'encrypted'], ['SERVER_AUTHENTICATION', 'encrypted'], ['TRANSIT_ENCRYPTION_MODE_DISABLED', 'none'], ['TRANSIT_ENCRYPTION_DISABLED', 'none']], undefined) }),
];

/** Stores of health data, further databases, and what stands before and behind them. */
export const data: Table = {
  google_healthcare_dataset: entry('healthcare dataset', keyed('database', 'encryption_spec.kms_key_name')),
  google_healthcare_fhir_store: entry('FHIR store', says(Store, { kind: 'database' }, { versioned: unset('disable_resource_versioning', true) })),
  google_alloydb_cluster: entry('AlloyDB cluster', keyed('database', 'encryption_config.kms_key_name'), says(Store, { kind: 'database' }, { deletionProtected: flag('deletion_protection', undefined) }),
    says(Backup, {}, { enabled: flag('automated_backup_policy.enabled', undefined) }), says(Backup, {}, { enabled: flag('continuous_backup_config.enabled', undefined) }, { called: 'continuous backup of' })),
  google_alloydb_instance: entry('AlloyDB instance', says(Channel, { role: 'listens' as const, protocol: 'postgresql' }, { protection: sslMode }), says(PrivateAddress, {}, { holds: unset('network_config.enable_public_ip', undefined) })),
  google_compute_vpn_tunnel: entry('VPN tunnel', says(Tunnel, { kind: 'ipsec' as const }, { ikeVersion: word<1 | 2>('ike_version', [['2', 2], ['1', 1]], 2) })),
  google_bigtable_instance: entry('Bigtable instance', says(Store, { kind: 'database' }, { deletionProtected: flag('deletion_protection', true) })),
  google_filestore_instance: entry('file store', keyed('file system', 'kms_key_name'), says(Store, { kind: 'file system' }, { deletionProtected: flag('deletion_protection_enabled', undefined) })),
  google_redis_cluster: entry('Redis cluster', ...redis),
  google_memorystore_instance: entry('Memorystore instance', ...redis),
  google_data_fusion_instance: entry('Data Fusion instance', keyed('pipeline', 'crypto_key_config.key_reference'), says(AuditTrail, {}, { enabled: flag('enable_stackdriver_logging', undefined) }), says(PrivateAddress, {}, { holds: flag('private_instance', undefined) })),
  google_compute_target_http_proxy: plainProxy,
  google_compute_region_target_http_proxy: plainProxy,
  google_logging_project_bucket_config: logBucket,
  google_logging_folder_bucket_config: logBucket,
  google_logging_organization_bucket_config: logBucket,
  google_logging_billing_account_bucket_config: logBucket,
};
