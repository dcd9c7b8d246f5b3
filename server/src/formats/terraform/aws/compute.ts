import { AuditTrail } from '#concepts/audit-trail.js';
import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { areEveryone } from '#concepts/network-names.js';
import { Privilege } from '#concepts/privilege.js';
import { Store } from '#concepts/store.js';
import type { Fact } from '#engine/concept.js';
import { documented } from '#engine/release.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import type { Resource } from '../resource.js';
import {
  always, entry, flag, items, ownKey, present, released, says, sourceOf, unset, where, word, type Field, type Missing, type Says, type Table,
} from '../says.js';
import { InternalTraffic, MetadataToken, PrivateAddress, PrivateNetwork } from '../traits.js';
import { entry as entryOf, fromJson, itemsOf, textOf, type Value } from '../values.js';
import { disk, keyed } from './storage.js';

/** Version 1 of the metadata service answers whoever can make the machine fetch an address. Switched off, it answers nobody. */
const tokens = (standard: Missing<boolean>): Field<boolean> => (resource) => (resource.text('metadata_options.http_endpoint') === 'disabled'
  ? known(true, resource.span)
  : word('metadata_options.http_tokens', [['required', true], ['optional', false]], standard)(resource));
const metadata = tokens(false);
/** From version 6 on the provider leaves it to the account and the image, of which newer ones ask for a token. */
const ofInstance = tokens(released(false, [6, undefined]));

/** The root disk is encrypted only where the block, the image or the account says so. */
const rootDisk: Says = says(Store, { kind: 'volume' }, { encrypted: (resource) => {
  if (resource.nested('root_block_device').length > 0) return disk(resource.nested('root_block_device')[0]!);
  const standard = resource.module.all('aws_ebs_encryption_by_default').length > 0;
  return standard || resource.has('launch_template') ? undefined : undetermined(resource.span, 'the machine image decides whether its root volume is encrypted');
} }, { called: (resource) => `root volume of the ${resource.type === 'aws_instance' ? 'EC2 instance' : 'launch configuration'}` });

const otherDisks: Says = says(Store, { kind: 'volume' }, { encrypted: disk }, { each: 'ebs_block_device', called: (resource) => `volume of the ${resource.type === 'aws_instance' ? 'EC2 instance' : 'launch configuration'}` });

const privateAddress: Field<boolean> = unset('associate_public_ip_address', undefined);

/** The containers of a task, whether written as an object or as a text in JSON. */
function containers(resource: Resource): readonly Value[] | undefined {
  const value = resource.value('container_definitions');
  if (value?.is === 'list') return value.items;
  const read = value?.is === 'scalar' || value?.is === 'partial' ? fromJson(value.text) : undefined;
  return read?.is === 'list' ? read.items : undefined;
}

const containerRights: Says = {
  of: Privilege,
  facts: (resource) => {
    const { span } = resource.place('container_definitions');
    return (containers(resource) ?? []).map((container): Fact => {
      const name = textOf(entryOf(container, 'name'));
      const yes = (key: string): boolean => textOf(entryOf(container, key)) === 'true';
      const rights: Record<string, Setting<boolean>> = { privileged: known(yes('privileged'), span) };
      const root = entryOf(container, 'readonlyRootFilesystem');
      if (!root) rights['writableProgram'] = { kind: 'default', value: true, span, source: documented('the Amazon ECS API', 'version 1', 'ContainerDefinition'), write: () => [] };
      else if (root.is === 'scalar') rights['writableProgram'] = known(!yes('readonlyRootFilesystem'), span);
      return { label: `${name === undefined ? 'A container' : `The container ${name}`} of the ECS task "${resource.name}"`, span, whole: { label: `the ECS task "${resource.name}"`, span: resource.span }, ...rights };
    });
  },
};

const taskVolume = says(Channel, { role: 'connects' as const, protocol: 'nfs' }, { protection: word('efs_volume_configuration.transit_encryption', [['ENABLED', 'encrypted'], ['DISABLED', 'none']] as const, 'none' as const) },
  { each: 'volume', when: (one) => one.has('efs_volume_configuration'), called: 'EFS volume of the ECS task' });

/** What a Batch job may do; its properties are a text in JSON or an object. */
const job: Says = says(Privilege, {}, { privileged: (resource) => {
  const value = resource.value('container_properties');
  const properties = value?.is === 'scalar' || value?.is === 'partial' ? fromJson(value.text) : value;
  return properties?.is === 'object' ? known(textOf(entryOf(properties, 'privileged')) === 'true', resource.place('container_properties').span) : undefined;
} });

/** The address every service of a cluster's control plane answers at; open to all unless addresses are listed. */
const clusterAddress: Field<'any' | 'restricted'> = (resource) => {
  const open = flag('vpc_config.endpoint_public_access', true)(resource)!;
  if (open.kind === 'undetermined') return open;
  const { span } = resource.place(resource.value('vpc_config.public_access_cidrs') ? 'vpc_config.public_access_cidrs' : 'vpc_config.endpoint_public_access');
  if (!open.value) return known<'any' | 'restricted'>('restricted', open.span);
  const from = resource.value('vpc_config.public_access_cidrs');
  if (from?.is === 'unknown') return undetermined(span, from.because);
  const any = from === undefined || areEveryone(itemsOf(from).map((one) => textOf(one) ?? ''));
  return any ? { ...open, span, value: 'any', write: (wanted) => (wanted === 'restricted' ? resource.slot('vpc_config.endpoint_public_access').write('false') : []) } : known<'any' | 'restricted'>('restricted', span);
};

const clusterLogs: Field<boolean> = items('enabled_cluster_log_types', (logs) => logs.includes('audit'), false, () => '["api", "audit", "authenticator"]');

/** The settings of an EMR security configuration, a text in JSON. */
const emr = (path: readonly string[]): Field<boolean> => (resource) => {
  const value = resource.value('configuration');
  const document = value?.is === 'scalar' || value?.is === 'partial' ? fromJson(value.text) : value;
  const { span } = resource.place('configuration');
  if (document?.is !== 'object') return document ? undetermined(span, 'the configuration is not readable as JSON') : undefined;
  return known(textOf(path.reduce<Value | undefined>(entryOf, document)) === 'true', span);
};

const notebookNetwork = says(PrivateNetwork, {}, { holds: (resource) => known(resource.value('subnet_id') !== undefined, resource.span) });

export const compute: Table = {
  aws_instance: entry('EC2 instance', rootDisk, otherDisks, says(MetadataToken, {}, { holds: where((one) => !one.has('launch_template'), ofInstance) }), says(PrivateAddress, {}, { holds: privateAddress })),
  aws_launch_template: entry('launch template', says(MetadataToken, {}, { holds: metadata }),
    says(PrivateAddress, {}, { holds: privateAddress }, { each: 'network_interfaces' }),
    says(Store, { kind: 'volume' }, { encrypted: disk }, { each: 'block_device_mappings.ebs', called: 'volume of the launch template' })),
  aws_launch_configuration: entry('launch configuration', rootDisk, otherDisks, says(MetadataToken, {}, { holds: metadata }), says(PrivateAddress, {}, { holds: privateAddress })),
  aws_spot_instance_request: entry('spot instance', otherDisks, says(MetadataToken, {}, { holds: ofInstance }), says(PrivateAddress, {}, { holds: privateAddress })),
  aws_lambda_function: entry('Lambda function', says(Store, { kind: 'configuration' }, { ownKey: where((one) => one.has('environment'), ownKey('kms_key_arn')) }, { called: 'environment of the Lambda function' })),
  aws_lambda_permission: entry('Lambda permission', says(Privilege, {}, { anyone: (resource) => (resource.text('principal') === undefined ? undefined
    : known(resource.text('principal') === '*' && !['source_arn', 'source_account', 'principal_org_id'].some((path) => resource.value(path) !== undefined), resource.place('principal').span)) })),
  aws_lambda_layer_version_permission: entry('Lambda layer permission', says(Privilege, {}, { anyone: where((one) => one.value('organization_id') === undefined, word<boolean>('principal', [['*', true]], undefined, false)) })),
  aws_lambda_function_url: entry('Lambda address', says(Login, {}, { anonymous: word('authorization_type', [['AWS_IAM', false], ['NONE', true]], undefined) })),
  aws_ecs_cluster: entry('ECS cluster', says(AuditTrail, {}, { enabled: word('configuration.execute_command_configuration.logging', [['DEFAULT', true], ['NONE', false], ['OVERRIDE', true]], undefined) }, { called: 'shell access of the ECS cluster' })),
  aws_ecs_task_definition: entry('ECS task', containerRights, taskVolume),
  aws_ecs_service: entry('ECS service', says(PrivateAddress, {}, { holds: unset('network_configuration.assign_public_ip', undefined) })),
  aws_ec2_instance_metadata_defaults: entry('metadata default of the account', says(MetadataToken, {}, { holds: word('http_tokens', [['required', true], ['optional', false]], undefined) })),
  aws_batch_job_definition: entry('Batch job', job),
  aws_eks_cluster: entry('EKS cluster', says(Login, {}, { sources: clusterAddress }), says(AuditTrail, {}, { enabled: clusterLogs }),
    says(Store, { kind: 'cluster secrets' }, { encrypted: always(true), ownKey: ownKey('encryption_config.provider.key_arn') }, { called: 'secret store of the EKS cluster' })),
  aws_eks_node_group: entry('EKS node group', says(Login, {}, { sources: (resource) => (resource.value('remote_access.ec2_ssh_key') === undefined ? undefined
    : known(resource.has('remote_access.source_security_group_ids') ? 'restricted' as const : 'any' as const, resource.nested('remote_access')[0]?.span ?? resource.span)) })),
  aws_emr_cluster: entry('EMR cluster', says(PrivateNetwork, {}, { holds: (resource) => known(resource.has('ec2_attributes.subnet_id') || resource.has('ec2_attributes.subnet_ids'), resource.span) })),
  aws_emr_security_configuration: entry('EMR security configuration',
    says(Store, { kind: 'volume' }, { encrypted: emr(['EncryptionConfiguration', 'EnableAtRestEncryption']) }),
    says(InternalTraffic, {}, { holds: emr(['EncryptionConfiguration', 'EnableInTransitEncryption']) })),
  aws_sagemaker_notebook_instance: entry('SageMaker notebook', keyed('volume', 'kms_key_id'), notebookNetwork,
    says(PrivateAddress, {}, { holds: word('direct_internet_access', [['Disabled', true], ['Enabled', false]], false) }),
    says(Privilege, {}, { root: word('root_access', [['Disabled', false], ['Enabled', true]], true) }),
    says(MetadataToken, {}, { holds: word('instance_metadata_service_configuration.minimum_instance_metadata_service_version', [['2', true], ['1', false]], false) })),
  aws_sagemaker_endpoint_configuration: entry('SageMaker endpoint', keyed('volume', 'kms_key_arn')),
  aws_sagemaker_domain: entry('SageMaker domain', keyed('volume', 'kms_key_id'), says(PrivateNetwork, {}, { holds: word('app_network_access_type', [['VpcOnly', true], ['PublicInternetOnly', false]], false) })),
  aws_sagemaker_feature_group: entry('SageMaker feature group', keyed('table', 'online_store_config.security_config.kms_key_id')),
  aws_sagemaker_model: entry('SageMaker model', says(PrivateNetwork, {}, { holds: flag('enable_network_isolation', false) })),
  aws_sagemaker_data_quality_job_definition: entry('SageMaker quality job',
    keyed('volume', 'job_resources.cluster_config.volume_kms_key_id'),
    says(InternalTraffic, {}, { holds: flag('network_config.enable_inter_container_traffic_encryption', false) })),
  aws_workspaces_workspace: entry('WorkSpace',
    says(Store, { kind: 'volume' }, { encrypted: flag('root_volume_encryption_enabled', false) }, { called: 'root volume of the WorkSpace' }),
    says(Store, { kind: 'volume' }, { encrypted: flag('user_volume_encryption_enabled', false) }, { called: 'user volume of the WorkSpace' })),
  aws_codebuild_project: entry('CodeBuild project',
    says(Store, { kind: 'artifact' }, { encrypted: unset('artifacts.encryption_disabled', undefined) }), says(Privilege, {}, { privileged: flag('environment.privileged_mode', false) }),
    says(AuditTrail, {}, { enabled: (resource) => {
      const logs = [...resource.nested('logs_config.cloudwatch_logs'), ...resource.nested('logs_config.s3_logs')];
      const off = logs.find((log) => log.text('status') === 'DISABLED');
      return logs.length > 0 && logs.every((log) => log.text('status') === 'DISABLED') ? known(false, off!.span) : undefined;
    } })),
  aws_transfer_server: entry('transfer server',
    says(Channel, { role: 'listens' as const, protocol: 'ftp' }, { protection: items('protocols', (protocols) => (protocols.includes('FTP') ? 'none' as const : 'encrypted' as const), undefined) }),
    says(Channel, { role: 'listens' as const, protocol: 'sftp' }, { weakCiphers: transferPolicy }),
    says(AuditTrail, {}, { enabled: present('logging_role', 'structured_log_destinations') }),
    says(PrivateAddress, {}, { holds: word('endpoint_type', [['VPC', true], ['PUBLIC', false], ['VPC_ENDPOINT', true]], false) })),
};

/** The first two policies still offer SHA-1 and 3DES; nothing stated means the very first. */
function transferPolicy(resource: Resource): Setting<readonly string[]> | undefined {
  const slot = resource.slot('security_policy_name');
  const weak = ['TransferSecurityPolicy-2018-11', 'TransferSecurityPolicy-2020-06'];
  if (slot.obscured !== undefined) return undetermined(slot.span, slot.obscured);
  if (slot.raw === undefined) return { kind: 'default', value: [weak[0]!], span: slot.span, source: sourceOf(resource), write: () => slot.write('TransferSecurityPolicy-2024-01') };
  return { kind: 'stated', value: weak.includes(slot.raw) ? [slot.raw] : [], span: slot.span, write: (wanted) => (wanted.length === 0 ? slot.write('TransferSecurityPolicy-2024-01') : []) };
}

