import { Backup } from '#concepts/backup.js';
import { Malware } from '#concepts/malware.js';
import { Privilege } from '#concepts/privilege.js';
import { Store } from '#concepts/store.js';
import { known, undetermined } from '#engine/setting.js';
import { grants } from '../policies.js';
import { always, amount, entry, flag, items, ownKey, reading, says, where, word, type Field, type Says, type Table } from '../says.js';
import { PublicAccessBlock } from '../traits.js';
import { entry as entryOf, textOf } from '../values.js';

/** What is made from a snapshot is encrypted as that is. EBS encrypts new volumes only where the account says so; a module may switch that on itself. */
export const disk: Field<boolean> = (resource) => {
  if (resource.value('encrypted') !== undefined) return flag('encrypted', false)(resource);
  if (resource.value('snapshot_id') !== undefined) return undetermined(resource.span, 'the volume is encrypted as its snapshot is');
  const standard = resource.module.all('aws_ebs_encryption_by_default').some(({ value }) => textOf(entryOf(value, 'enabled')) !== 'false');
  return standard ? known(true, resource.span) : flag('encrypted', false)(resource);
};

/** Where encryption has to be asked for, the key of the service is what most ask for: only a key that is named is judged. */
export const keyIf = (switchPath: string, ...paths: readonly string[]): Field<boolean> => where((one) => one.text(switchPath) === 'true' && paths.some((path) => one.value(path) !== undefined), ownKey(...paths));

/** A store that is always encrypted, by a key of the service unless one is named. */
export const keyed = (kind: string, ...paths: readonly string[]): Says => says(Store, { kind }, { encrypted: always(true), ownKey: ownKey(...paths) });

/** Whether a snapshot or image is shared with every account. */
const sharedWithAll = says(Privilege, {}, { anyone: items('shared_accounts', (accounts) => accounts.includes('all'), undefined) });

export const storage: Table = {
  aws_ebs_volume: entry('EBS volume', says(Store, { kind: 'volume' }, { encrypted: disk, ownKey: keyIf('encrypted', 'kms_key_id') })),
  aws_ebs_encryption_by_default: entry('account setting for EBS encryption', says(Store, { kind: 'volume' }, { encrypted: flag('enabled', true) })),
  aws_ebs_snapshot_copy: entry('copied EBS snapshot', says(Store, { kind: 'volume' }, { encrypted: disk, ownKey: keyIf('encrypted', 'kms_key_id') })),
  aws_ami: entry('machine image', says(Store, { kind: 'image' }, { encrypted: disk }, { each: 'ebs_block_device', called: 'volume of the machine image' })),
  aws_ami_copy: entry('copied machine image', says(Store, { kind: 'image' }, { encrypted: disk, ownKey: keyIf('encrypted', 'kms_key_id') })),
  aws_ami_launch_permission: entry('machine image permission', says(Privilege, {}, { anyone: word<boolean>('group', [['all', true]], undefined, false) })),
  aws_imagebuilder_component: entry('image builder component', keyed('image', 'kms_key_id')),
  aws_ebs_snapshot_block_public_access: entry('account setting for snapshots', says(PublicAccessBlock, {}, { holds: word('state', [['block-all-sharing', true], ['block-new-sharing', true], ['unblocked', false]], undefined) })),
  aws_ec2_image_block_public_access: entry('account setting for images', says(PublicAccessBlock, {}, { holds: word('state', [['block-new-sharing', true], ['unblocked', false]], undefined) })),
  aws_efs_file_system: entry('EFS file system', says(Store, { kind: 'file system' }, { encrypted: flag('encrypted', false), ownKey: keyIf('encrypted', 'kms_key_id') })),
  aws_efs_backup_policy: entry('EFS backup policy', says(Backup, {}, { enabled: word('backup_policy.status', [['ENABLED', true], ['DISABLED', false]], undefined) })),
  aws_efs_file_system_policy: entry('EFS file system policy', grants('policy', 'resource')),
  aws_fsx_lustre_file_system: entry('FSx file system', keyed('file system', 'kms_key_id')),
  aws_fsx_ontap_file_system: entry('FSx file system', keyed('file system', 'kms_key_id'), fsxBackup(30)),
  aws_fsx_openzfs_file_system: entry('FSx file system', keyed('file system', 'kms_key_id')),
  aws_fsx_windows_file_system: entry('FSx file system', keyed('file system', 'kms_key_id'), fsxBackup(7)),
  aws_backup_vault: entry('backup vault', keyed('backup', 'kms_key_arn')),
  aws_backup_vault_policy: entry('backup vault policy', grants('policy', 'resource')),
  aws_backup_plan: entry('backup plan', says(Backup, {}, { retention: amount('lifecycle.delete_after', undefined) }, { each: 'rule' })),
  aws_dlm_lifecycle_policy: entry('snapshot schedule',
    says(Store, { kind: 'volume' }, { encrypted: flag('encryption_configuration.encrypted', false) }, { each: 'policy_details.action.cross_region_copy', called: 'cross-region copy of the snapshot schedule' }),
    says(Store, { kind: 'volume' }, { encrypted: flag('encrypted', undefined) }, { each: 'policy_details.schedule.cross_region_copy_rule', called: 'cross-region copy of the snapshot schedule' })),
  aws_ecr_repository: entry('container registry', keyed('registry', 'encryption_configuration.kms_key'), says(Malware, {}, { scanner: flag('image_scanning_configuration.scan_on_push', false) })),
  aws_ecr_repository_policy: entry('container registry policy', grants('policy', 'resource')),
  awscc_healthlake_fhir_datastore: entry('HealthLake data store', says(Store, { kind: 'database' }, { encrypted: always(true), ownKey: word('sse_configuration.kms_encryption_config.cmk_type', [['CUSTOMER_MANAGED_KMS_KEY', true], ['AWS_OWNED_KMS_KEY', false]], false) })),
  aws_glacier_vault: entry('Glacier vault', grants('access_policy', 'resource')),
  aws_storagegateway_nfs_file_share: entry('file share', keyed('file share', 'kms_key_arn')),
  aws_storagegateway_smb_file_share: entry('file share', keyed('file share', 'kms_key_arn')),
  aws_db_snapshot: entry('database snapshot', sharedWithAll),
  aws_db_cluster_snapshot: entry('database snapshot', sharedWithAll),
  aws_db_snapshot_copy: entry('copied database snapshot', says(Store, { kind: 'database' }, { ownKey: ownKey('kms_key_id') }), sharedWithAll),
};

function fsxBackup(standard: number): Says {
  return says(Backup, {}, { enabled: reading(amount('automatic_backup_retention_days', standard), (days) => days > 0, (on) => (on ? 35 : 0)) });
}
