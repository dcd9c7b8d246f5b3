import { AuditTrail } from '#concepts/audit-trail.js';
import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Software } from '#concepts/software.js';
import { Store } from '#concepts/store.js';
import { known } from '#engine/setting.js';
import { grants } from '../policies.js';
import { InternalTraffic, NetworkLimits } from '../traits.js';
import { always, entry, flag, ownKey, reading, says, where, word, type Field, type Table } from '../says.js';
import { keyed, keyIf } from './storage.js';

/** Queues made since October 2022 are encrypted by SQS itself unless that is switched off and no key is named. */
const queueEncrypted: Field<boolean> = (resource) => (resource.value('kms_master_key_id') !== undefined ? known(true, resource.place('kms_master_key_id').span) : flag('sqs_managed_sse_enabled', true)(resource));

/** ActiveMQ has a log of who did what; RabbitMQ has the general log alone. */
const brokerLogs: Field<boolean> = (resource) => flag(resource.text('engine_type')?.toLowerCase() === 'rabbitmq' ? 'logs.general' : 'logs.audit', false)(resource);

/** Where a cluster's broker logs may go. */
const destinations = ['cloudwatch_logs', 'firehose', 's3'];

export const messages: Table = {
  aws_sqs_queue: entry('SQS queue', says(Store, { kind: 'queue' }, { encrypted: queueEncrypted, ownKey: ownKey('kms_master_key_id') }), grants('policy', 'resource')),
  aws_sqs_queue_policy: entry('SQS queue policy', grants('policy', 'resource')),
  aws_sns_topic: entry('SNS topic', keyed('topic', 'kms_master_key_id'), grants('policy', 'resource')),
  aws_sns_topic_policy: entry('SNS topic policy', grants('policy', 'resource')),
  aws_sns_topic_subscription: entry('SNS subscription', says(Channel, { role: 'connects' as const, protocol: 'http' }, { protection: word('protocol', [['https', 'encrypted'], ['http', 'none']] as const, undefined) }, { when: (one) => /^https?$/.test(one.text('protocol') ?? '') })),
  aws_kinesis_stream: entry('Kinesis stream', says(Store, { kind: 'stream' }, { encrypted: word('encryption_type', [['KMS', true], ['NONE', false]], false), ownKey: where((one) => one.text('encryption_type') === 'KMS' && one.value('kms_key_id') !== undefined, ownKey('kms_key_id')) })),
  aws_kinesis_firehose_delivery_stream: entry('Firehose stream', says(Store, { kind: 'stream' }, { encrypted: flag('server_side_encryption.enabled', false), ownKey: keyIf('server_side_encryption.enabled', 'server_side_encryption.key_arn') },
    { when: (one) => !one.has('kinesis_source_configuration') && !one.has('msk_source_configuration') })),
  aws_kinesis_video_stream: entry('Kinesis video stream', keyed('stream', 'kms_key_id')),
  aws_msk_cluster: entry('MSK cluster', keyed('stream', 'encryption_info.encryption_at_rest_kms_key_arn'),
    says(Channel, { role: 'listens' as const, protocol: 'kafka' }, { protection: word('encryption_info.encryption_in_transit.client_broker', [['TLS', 'encrypted'], ['TLS_PLAINTEXT', 'opportunistic'], ['PLAINTEXT', 'none']] as const, 'encrypted' as const) }),
    says(InternalTraffic, {}, { holds: flag('encryption_info.encryption_in_transit.in_cluster', true) }), says(Login, {}, { anonymous: flag('client_authentication.unauthenticated', undefined) }),
    says(AuditTrail, {}, { enabled: (resource) => {
      const logs = destinations.flatMap((name) => resource.nested(`logging_info.broker_logs.${name}`));
      return known(logs.some((log) => log.text('enabled') !== 'false'), logs[0]?.span ?? resource.span);
    } })),
  aws_mq_broker: entry('MQ broker',
    says(Store, { kind: 'queue' }, { encrypted: always(true), ownKey: ownKey('encryption_options.kms_key_id'), public: flag('publicly_accessible', false) }),
    says(AuditTrail, {}, { enabled: brokerLogs }), says(Software, {}, { updated: flag('auto_minor_version_upgrade', false) })),
  aws_cloudwatch_event_bus_policy: entry('event bus policy', grants('policy', 'resource')),
  aws_cloudwatch_log_destination_policy: entry('log destination policy', grants('access_policy', 'resource')),
  aws_scheduler_schedule: entry('schedule', keyed('queue', 'kms_key_arn')),
  aws_appflow_connector_profile: entry('AppFlow connection', keyed('connection', 'kms_arn')),
  aws_appflow_flow: entry('AppFlow flow', keyed('connection', 'kms_arn')),
  aws_connect_instance_storage_config: entry('Connect recordings', keyed('bucket', 'storage_config.s3_config.encryption_config.key_id', 'storage_config.kinesis_video_stream_config.encryption_config.key_id')),
  aws_ses_configuration_set: entry('SES configuration set', says(Channel, { role: 'connects' as const, protocol: 'smtp' }, { protection: word('delivery_options.tls_policy', [['Require', 'encrypted'], ['Optional', 'opportunistic']] as const, 'opportunistic' as const) })),
  aws_sesv2_configuration_set: entry('SES configuration set', says(Channel, { role: 'connects' as const, protocol: 'smtp' }, { protection: word('delivery_options.tls_policy', [['REQUIRE', 'encrypted'], ['OPTIONAL', 'opportunistic']] as const, 'opportunistic' as const) })),
  aws_ses_receipt_rule: entry('SES receipt rule', says(Channel, { role: 'listens' as const, protocol: 'smtp' }, { protection: word('tls_policy', [['Require', 'encrypted'], ['Optional', 'opportunistic']] as const, 'opportunistic' as const) })),
  aws_cloudwatch_event_bus: entry('event bus', keyed('queue', 'kms_key_identifier')),
  aws_mwaa_environment: entry('Airflow environment', keyed('pipeline', 'kms_key'), says(NetworkLimits, {}, { holds: word('webserver_access_mode', [['PRIVATE_ONLY', true], ['PUBLIC_ONLY', false]], true) })),
  aws_sfn_state_machine: entry('state machine', says(AuditTrail, {}, { enabled: word('logging_configuration.level', [['ALL', true], ['ERROR', true], ['FATAL', true], ['OFF', false]], undefined) })),
  aws_ses_identity_policy: entry('SES identity policy', grants('policy', 'resource')),
  aws_glue_data_catalog_encryption_settings: entry('Glue data catalog', says(Store, { kind: 'catalogue' }, { encrypted: word('data_catalog_encryption_settings.encryption_at_rest.catalog_encryption_mode', [['SSE-KMS', true], ['DISABLED', false]], false, true) }),
    says(Store, { kind: 'catalogue' }, { encrypted: flag('data_catalog_encryption_settings.connection_password_encryption.return_connection_password_encrypted', false) }, { called: 'connection passwords of the Glue data catalog' })),
  aws_glue_security_configuration: entry('Glue security configuration',
    says(Store, { kind: 'bucket' }, { encrypted: word('encryption_configuration.s3_encryption.s3_encryption_mode', [['SSE-KMS', true], ['SSE-S3', true], ['DISABLED', false]], false) }),
    says(Store, { kind: 'log' }, { encrypted: word('encryption_configuration.cloudwatch_encryption.cloudwatch_encryption_mode', [['SSE-KMS', true], ['DISABLED', false]], false) }, { called: 'log of the Glue security configuration' }),
    says(Store, { kind: 'bookmark' }, { encrypted: word('encryption_configuration.job_bookmarks_encryption.job_bookmarks_encryption_mode', [['CSE-KMS', true], ['DISABLED', false]], false) }, { called: 'job bookmark of the Glue security configuration' })),
  aws_glue_resource_policy: entry('Glue policy', grants('policy', 'resource')),
  aws_athena_workgroup: entry('Athena workgroup', says(Store, { kind: 'query result' }, { ownKey: (resource) => (resource.text('configuration.result_configuration.encryption_configuration.encryption_option') === 'SSE_S3' ? known(false, resource.span) : ownKey('configuration.result_configuration.encryption_configuration.kms_key_arn')(resource)) }),
    says(Store, { kind: 'query result' }, { encrypted: always(true) })),
  aws_athena_database: entry('Athena database', keyed('query result', 'encryption_configuration.kms_key')),
  aws_codeartifact_domain: entry('package registry', keyed('registry', 'encryption_key')),
  aws_codepipeline: entry('pipeline', says(Store, { kind: 'bucket' }, { encrypted: always(true), ownKey: ownKey('encryption_key') }, { each: 'artifact_store', called: 'artifact store of the pipeline' })),
  aws_kendra_index: entry('Kendra index', keyed('index', 'server_side_encryption_configuration.kms_key_id')),
  aws_bedrockagent_agent: entry('Bedrock agent', keyed('index', 'customer_encryption_key_arn')),
  aws_comprehend_entity_recognizer: entry('Comprehend recognizer', keyed('model', 'model_kms_key_id')),
  aws_comprehend_document_classifier: entry('Comprehend classifier', keyed('model', 'model_kms_key_id')),
  aws_apprunner_service: entry('App Runner service', keyed('image', 'encryption_configuration.kms_key')),
  aws_networkfirewall_firewall: entry('network firewall', keyed('configuration', 'encryption_configuration.key_id'), says(Store, { kind: 'configuration' }, { deletionProtected: flag('delete_protection', false) })),
  aws_networkfirewall_firewall_policy: entry('network firewall policy', keyed('configuration', 'encryption_configuration.key_id')),
  aws_networkfirewall_rule_group: entry('network firewall rules', keyed('configuration', 'encryption_configuration.key_id')),
  aws_appsync_api_cache: entry('AppSync cache', says(Store, { kind: 'cache' }, { encrypted: flag('at_rest_encryption_enabled', false) }),
    says(Channel, { role: 'connects' as const, protocol: 'redis' }, { protection: reading(flag('transit_encryption_enabled', false), (on) => (on ? 'encrypted' as const : 'none' as const), (wanted) => wanted === 'encrypted') })),
};

