import { grants } from '../policies.js';
import { entry, type Entry, type Table } from '../says.js';

/** Policies that say who may use a resource, by the argument that holds the document. */
const documents: readonly (readonly [type: string, called: string, path: string])[] = [
  ['aws_cloudwatch_log_resource_policy', 'log policy', 'policy_document'],
  ['aws_codeartifact_domain_permissions_policy', 'package registry policy', 'policy_document'],
  ['aws_codeartifact_repository_permissions_policy', 'package registry policy', 'policy_document'],
  ['aws_dynamodb_resource_policy', 'DynamoDB policy', 'policy'],
  ['aws_ecr_registry_policy', 'container registry policy', 'policy'],
  ['aws_glacier_vault_lock', 'Glacier vault policy', 'policy'],
  ['aws_kinesis_resource_policy', 'Kinesis policy', 'policy'],
  ['aws_kms_replica_key', 'KMS key', 'policy'],
  ['aws_lex_resource_policy', 'Lex policy', 'policy'],
  ['aws_media_store_container_policy', 'media container policy', 'policy'],
  ['aws_msk_cluster_policy', 'MSK cluster policy', 'policy'],
  ['aws_redshift_resource_policy', 'Redshift policy', 'policy'],
  ['aws_s3_multi_region_access_point_policy', 'S3 access point policy', 'details.policy'],
  ['aws_s3control_access_point_policy', 'S3 access point policy', 'policy'],
  ['aws_s3control_bucket_policy', 'S3 bucket policy', 'policy'],
  ['aws_schemas_registry_policy', 'schema registry policy', 'policy'],
  ['aws_vpc_endpoint_policy', 'VPC endpoint policy', 'policy'],
  ['aws_vpclattice_resource_policy', 'lattice policy', 'policy'],
];

export const resourcePolicies: Table = Object.fromEntries<Entry>(documents.map(([type, called, path]) => [type, entry(called, grants(path, 'resource'))]));
