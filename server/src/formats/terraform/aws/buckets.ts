import { AuditTrail } from '#concepts/audit-trail.js';
import { Channel } from '#concepts/channel.js';
import { Store } from '#concepts/store.js';
import { documented } from '#engine/release.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import type { Summary } from '../module.js';
import { deniesClearText, grants, policyOf } from '../policies.js';
import { resourceOf, type Resource } from '../resource.js';
import { always, at, entry, flag, items, ownKey, says, sourceOf, word, type Field, type Table } from '../says.js';
import { PublicAccessBlock, SameOrigin } from '../traits.js';
import { entry as entryOf, pointsAt, textOf } from '../values.js';
import { keyed } from './storage.js';

/** Amazon S3, what's new of April 2023: buckets made since then refuse public grants until somebody changes that. */
const publicByDefault = documented('S3 buckets made', '2006 to before April 2023', 'Amazon S3 User Guide');

/** Why a bucket's companion resource may be there though no file at hand points at the bucket with it. */
function perhaps(resource: Resource, found: { readonly sure: readonly Summary[]; readonly perhaps: readonly Summary[] }, what: string): string | undefined {
  if (!resource.module.complete) return `the other files of the folder, which may state ${what}, have not been read`;
  return found.perhaps.length > 0 ? `${found.perhaps[0]!.type}.${found.perhaps[0]!.name} may be for this bucket` : undefined;
}

/** A field that a resource of its own states for the bucket. Absent, the bucket's older inline block counts, then the default. */
function apart<T>(type: string, what: string, inline: Field<T>, field: Field<T>, absent: T, code?: (resource: Resource) => string): Field<T> {
  return (resource) => {
    const own = inline(resource);
    if (own && own.kind !== 'default') return own;
    const found = resource.companions(type, 'bucket', 'bucket');
    const [companion] = found.sure;
    const here = companion && resourceOf(resource.module, companion);
    if (here) return field(here);
    if (companion) return undetermined(resource.span, `${companion.type}.${companion.name} in another file states it`);
    const because = perhaps(resource, found, what);
    if (because !== undefined) return undetermined(resource.span, because);
    return { kind: 'default', value: absent, span: resource.span, source: sourceOf(resource), write: (value) => (code && value !== absent && resource.certain ? resource.below(code(resource)) : []) };
  };
}

const of = (type: string, body: string) => (resource: Resource): string => `resource "${type}" "${resource.name}" {\n  bucket = ${resource.address}${resource.certain ? '' : '[0]'}.id\n${body}}`;

const status = word<boolean>('versioning_configuration.status', [['Enabled', true], ['Suspended', false], ['Disabled', false]], false);
const versioned = apart<boolean>('aws_s3_bucket_versioning', 'versioning', flag('versioning.enabled', undefined), status, false,
  (resource) => (resource.certain ? of('aws_s3_bucket_versioning', '\n  versioning_configuration {\n    status = "Enabled"\n  }\n')(resource) : ''));

const logged = apart<boolean>('aws_s3_bucket_logging', 'logging', (resource) => (resource.has('logging') ? known(true, resource.span) : undefined), always(true), false);

const algorithm = (path: string): Field<boolean> => word<boolean>(path, [['aws:kms', true], ['aws:kms:dsse', true], ['AES256', false]], false);
const keyOf = (path: string): Field<boolean> => (resource) => {
  const kms = algorithm(`${path}.sse_algorithm`)(resource);
  return kms?.kind === 'stated' && kms.value ? ownKey(`${path}.kms_master_key_id`)(resource) : kms;
};
const inline = 'server_side_encryption_configuration.rule.apply_server_side_encryption_by_default';
const bucketKey = apart<boolean>('aws_s3_bucket_server_side_encryption_configuration', 'the key', (resource) => (resource.has('server_side_encryption_configuration') ? keyOf(inline)(resource) : undefined),
  keyOf('rule.apply_server_side_encryption_by_default'), false);

/** The four switches against public grants, whoever makes them. */
const switches = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'] as const;
const blockCode = `\n${switches.map((name) => `  ${name.padEnd(23)} = true\n`).join('')}`;

const blocked: Field<boolean> = (resource) => {
  const account = resource.module.all('aws_s3_account_public_access_block')[0];
  if (account && switches.every((name) => textOf(entryOf(account.value, name)) === 'true')) return known(true, resource.span);
  const found = resource.companions('aws_s3_bucket_public_access_block', 'bucket', 'bucket');
  // What the block itself leaves open is said where it stands.
  if (found.sure.length > 0) return undefined;
  const because = perhaps(resource, found, 'the public access block');
  if (because !== undefined) return undetermined(resource.span, because);
  return { kind: 'default', value: false, span: resource.span, source: publicByDefault, write: (on) => (on && resource.certain ? resource.below(`resource "aws_s3_bucket_public_access_block" "${resource.name}" {\n  bucket${' '.repeat(18)}= ${resource.address}.id${blockCode}}`) : []) };
};

const allSwitches: Field<boolean> = (resource) => {
  const all = switches.map((name) => flag(name, false)(resource)!);
  const open = all.find((one) => one.kind === 'undetermined');
  const isOff = (one: Setting<boolean>) => one.kind !== 'undetermined' && !one.value;
  const off = all.find(isOff);
  if (off && off.kind !== 'undetermined') return { ...off, write: (on) => resource.stateAll(switches.filter((_, i) => isOff(all[i]!)), String(on)) };
  return open ?? all[0]!;
};

/** Canned lists of who may do what: two of them name everyone. */
const publicAcl = (resource: Resource): Setting<boolean> | undefined => {
  const acl = resource.slot('acl');
  if (acl.raw === undefined && acl.obscured === undefined) {
    const grant = [...resource.nested('grant'), ...resource.nested('access_control_policy.grant.grantee')].find((one) => /\/(?:AllUsers|AuthenticatedUsers)$/.test(one.text('uri') ?? ''));
    return grant && at(grant.span, true);
  }
  return word<boolean>('acl', [['private', false], ['public-read', true], ['public-read-write', true], ['authenticated-read', true], ['website', true]], undefined, false)(resource);
};

/** A list is without effect where the bucket ignores public ones. */
const unlessIgnored: Field<boolean> = (resource) => {
  const value = publicAcl(resource);
  if (!value || value.kind === 'undetermined' || !value.value) return value;
  const names = [pointsAt(resource.value('bucket')), resource.type === 'aws_s3_bucket' ? resource.address : undefined].filter((name) => name !== undefined);
  const blocks = resource.module.pointing('aws_s3_bucket_public_access_block', 'bucket', names).at;
  return blocks.some((one) => textOf(entryOf(one.value, 'ignore_public_acls')) === 'true') ? known(false, value.span) : value;
};

/** S3 answers without TLS unless the policy turns such requests away. */
export const policyChannel = says(Channel, { role: 'listens' as const, protocol: 'https' }, {
  protection: (resource) => {
    const document = policyOf(resource, 'policy');
    const { span } = resource.place('policy');
    if (!document) return undefined;
    const denies = deniesClearText(document.statements);
    if (!denies && document.because !== undefined) return undetermined(span, document.because);
    return known(denies ? 'encrypted' as const : 'opportunistic' as const, span);
  },
}, { called: 'S3 bucket behind the policy' });

const cors = says(SameOrigin, {}, { holds: items('allowed_origins', (origins) => !origins.includes('*'), undefined) }, { each: 'cors_rule', called: 'CORS rule of' });

export const buckets: Table = {
  aws_s3_bucket: entry('S3 bucket',
    says(Store, { kind: 'bucket' }, { encrypted: always(true), ownKey: bucketKey, public: unlessIgnored, versioned }),
    says(AuditTrail, {}, { enabled: logged }, { when: (one) => one.text('acl') !== 'log-delivery-write' }),
    says(PublicAccessBlock, {}, { holds: blocked }),
    grants('policy', 'resource'), policyChannel,
    says(SameOrigin, {}, { holds: items('allowed_origins', (origins) => !origins.includes('*'), undefined) }, { each: 'cors_rule' })),
  aws_s3_bucket_cors_configuration: entry('CORS configuration', cors),
  aws_s3_bucket_public_access_block: entry('public access block', says(PublicAccessBlock, {}, { holds: allSwitches })),
  aws_s3_account_public_access_block: entry('account-wide public access block', says(PublicAccessBlock, {}, { holds: allSwitches })),
  aws_s3_access_point: entry('S3 access point', grants('policy', 'resource')),
  aws_s3_bucket_acl: entry('S3 bucket ACL', says(Store, { kind: 'bucket' }, { public: unlessIgnored })),
  aws_s3_bucket_policy: entry('S3 bucket policy', grants('policy', 'resource'), policyChannel),
  aws_s3_bucket_object: entry('S3 object', keyed('object', 'kms_key_id'), says(Store, { kind: 'object' }, { public: publicAcl })),
  aws_s3_object: entry('S3 object', keyed('object', 'kms_key_id'), says(Store, { kind: 'object' }, { public: publicAcl })),
  aws_s3_object_copy: entry('S3 object', keyed('object', 'kms_key_id')),
};

