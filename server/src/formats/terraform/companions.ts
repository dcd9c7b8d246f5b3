import { table } from '#engine/table.js';
/**
 * Resources that say something about another resource, and so may stand in another file of the folder: which of their
 * attributes and blocks the other files need. Nothing else travels.
 */
export const companions: Readonly<Record<string, 'all' | readonly string[]>> = table({
  'data.aws_iam_policy_document': 'all',
  'data.google_iam_policy': 'all',
  aws_s3_bucket: ['bucket'],
  aws_s3_bucket_public_access_block: ['bucket', 'block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'],
  aws_s3_account_public_access_block: ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'],
  aws_s3_bucket_versioning: ['bucket', 'versioning_configuration'],
  aws_s3_bucket_server_side_encryption_configuration: ['bucket', 'rule'],
  aws_s3_bucket_logging: ['bucket', 'target_bucket'],
  aws_s3_bucket_acl: ['bucket', 'acl'],
  aws_s3_bucket_policy: ['bucket'],
  aws_flow_log: ['vpc_id', 'subnet_id', 'eni_id', 'transit_gateway_id'],
  aws_default_security_group: ['vpc_id'],
  aws_ebs_encryption_by_default: ['enabled'],
  aws_wafv2_web_acl_association: ['resource_arn'],
  aws_wafregional_web_acl_association: ['resource_arn'],
  aws_wafv2_web_acl_logging_configuration: ['resource_arn'],
  aws_secretsmanager_secret_rotation: ['secret_id'],
  aws_efs_backup_policy: ['file_system_id', 'backup_policy'],
  aws_api_gateway_method_settings: ['rest_api_id', 'stage_name', 'settings'],
  aws_kinesis_firehose_delivery_stream: ['name'],
  aws_network_acl: ['ingress'],
  aws_default_network_acl: ['ingress'],
  aws_network_acl_rule: ['network_acl_id', 'egress', 'rule_number', 'rule_action', 'protocol', 'from_port', 'to_port', 'cidr_block', 'ipv6_cidr_block'],
  azurerm_network_security_group: ['name', 'security_rule'],
  azurerm_network_security_rule: [
    'network_security_group_name', 'priority', 'direction', 'access', 'protocol', 'source_port_range', 'source_port_ranges', 'destination_port_range', 'destination_port_ranges', 'source_address_prefix',
    'source_address_prefixes', 'destination_address_prefix', 'destination_address_prefixes',
  ],
  google_compute_firewall: [
    'network', 'direction', 'disabled', 'priority', 'deny', 'source_ranges', 'source_tags', 'source_service_accounts', 'target_tags', 'target_service_accounts', 'destination_ranges',
  ],
  azurerm_storage_account_network_rules: ['storage_account_id', 'default_action'],
  azurerm_monitor_diagnostic_setting: ['target_resource_id'],
  azurerm_subnet_network_security_group_association: ['subnet_id'],
  azurerm_mssql_server_extended_auditing_policy: ['server_id'],
  google_storage_bucket: ['name'],
  google_compute_url_map: ['default_url_redirect'],
  google_compute_region_url_map: ['default_url_redirect'],
});
