import { Login } from '#concepts/login.js';
import { PasswordPolicy } from '#concepts/password-policy.js';
import { Privilege } from '#concepts/privilege.js';
import { Store } from '#concepts/store.js';
import { known, undetermined } from '#engine/setting.js';
import { grants } from '../policies.js';
import type { Resource } from '../resource.js';
import { always, amount, entry, flag, ownKey, reading, says, test, where, word, type Field, type Table } from '../says.js';
import { GroupedRights, KeyRecovery, KeyRotation, SecretRotation, ShortLivedAccess } from '../traits.js';
import { keyed } from './storage.js';

/** Kinds of character a policy asks for, from four switches. */
const classes = (prefix: string, names: readonly string[]): Field<number> => (resource) => {
  const all = names.map((name) => flag(`${prefix}${name}`, false)(resource)!);
  const open = all.find((one) => one.kind === 'undetermined');
  if (open) return open;
  const off = all.find((one) => one.kind !== 'undetermined' && !one.value) ?? all[0]!;
  if (off.kind === 'undetermined') return off;
  return { ...off, value: all.filter((one) => one.kind !== 'undetermined' && one.value).length, write: () => resource.stateAll(
    names.flatMap((name, i) => { const one = all[i]!; return one.kind !== 'undetermined' && !one.value ? [prefix + name] : []; }), 'true') };
};

/** Actions of users: policies that hang on one person. */
const userPolicy = says(GroupedRights, {}, { holds: always(false) });

/** Keys for signing and keys without material of their own do not rotate. */
const rotates = (resource: Resource): boolean => (resource.text('key_usage') ?? 'ENCRYPT_DECRYPT') === 'ENCRYPT_DECRYPT' && /^SYMMETRIC/.test(resource.text('customer_master_key_spec') ?? resource.text('key_spec') ?? 'SYMMETRIC_DEFAULT') && resource.value('custom_key_store_id') === undefined;

const administrators = /:policy\/(?:AdministratorAccess|IAMFullAccess|PowerUserAccess)$|^(?:AdministratorAccess|IAMFullAccess)$/;

export const identity: Table = {
  aws_iam_account_password_policy: entry('IAM password policy', says(PasswordPolicy, {}, {
    length: amount('minimum_password_length', 6),
    classes: classes('require_', ['lowercase_characters', 'uppercase_characters', 'numbers', 'symbols']),
    history: amount('password_reuse_prevention', 0),
    maximumAge: reading(amount('max_password_age', 0), (days) => (days === 0 ? Infinity : days), (days) => (days === Infinity ? 0 : days)),
  })),
  aws_cognito_user_pool: entry('Cognito user pool',
    says(PasswordPolicy, {}, { length: amount('password_policy.minimum_length', 8), classes: classes('password_policy.', ['require_lowercase', 'require_uppercase', 'require_numbers', 'require_symbols']) }, { when: (one) => one.has('password_policy') }),
    says(Login, {}, { secondFactor: word('mfa_configuration', [['ON', true], ['OFF', false], ['OPTIONAL', false]], false) }),
    says(Store, { kind: 'directory' }, { deletionProtected: word('deletion_protection', [['ACTIVE', true], ['INACTIVE', false]], false) })),
  aws_cognito_identity_pool: entry('Cognito identity pool', says(Login, {}, { anonymous: flag('allow_unauthenticated_identities', false) })),
  aws_iam_policy: entry('IAM policy', grants('policy', 'identity')),
  aws_iam_role_policy: entry('IAM role policy', grants('policy', 'identity')),
  aws_iam_group_policy: entry('IAM group policy', grants('policy', 'identity')),
  aws_iam_user_policy: entry('IAM user policy', grants('policy', 'identity'), userPolicy),
  aws_iam_user_policy_attachment: entry('IAM user policy attachment', userPolicy, managed()),
  aws_iam_role_policy_attachment: entry('IAM role policy attachment', managed()),
  aws_iam_group_policy_attachment: entry('IAM group policy attachment', managed()),
  aws_iam_policy_attachment: entry('IAM policy attachment', managed(), says(GroupedRights, {}, { holds: (resource) => (resource.has('users') ? known(false, resource.place('users').span) : undefined) })),
  aws_iam_role: entry('IAM role', grants('assume_role_policy', 'resource'), grants('inline_policy.policy', 'identity'), managedList()),
  aws_iam_access_key: entry('access key', says(ShortLivedAccess, {}, { holds: always(false) }, { when: (one) => one.text('status') !== 'Inactive' })),
  aws_ssoadmin_permission_set_inline_policy: entry('permission set policy', grants('inline_policy', 'identity')),
  aws_ssoadmin_managed_policy_attachment: entry('permission set policy attachment', managed('managed_policy_arn')),
  aws_kms_key: entry('KMS key', grants('policy', 'resource'),
    says(KeyRotation, {}, { holds: flag('enable_key_rotation', false) }, { when: rotates })),
  aws_kms_key_policy: entry('KMS key policy', grants('policy', 'resource')),
  aws_kms_external_key: entry('KMS key', grants('policy', 'resource')),
  aws_secretsmanager_secret: entry('secret', keyed('secret', 'kms_key_id'), grants('policy', 'resource'), says(SecretRotation, {}, { holds: (resource) => {
    if (resource.has('rotation_lambda_arn') || resource.has('rotation_rules')) return known(true, resource.span);
    const found = resource.companions('aws_secretsmanager_secret_rotation', 'secret_id', 'name');
    if (found.sure.length > 0) return known(true, resource.span);
    if (found.perhaps.length > 0) return undetermined(resource.span, `${found.perhaps[0]!.type}.${found.perhaps[0]!.name} may be for this secret`);
    return resource.module.complete ? known(false, resource.span) : undetermined(resource.span, 'the other files of the folder, which may state the rotation, have not been read');
  } }), says(KeyRecovery, {}, { holds: reading(amount('recovery_window_in_days', 30), (days) => days > 0, () => 30) })),
  aws_secretsmanager_secret_policy: entry('secret policy', grants('policy', 'resource')),
  aws_secretsmanager_secret_rotation: entry('secret rotation', says(SecretRotation, {}, { holds: reading(amount('rotation_rules.automatically_after_days', undefined), (days) => days <= 90, () => 90) })),
  aws_ssm_document: entry('SSM document', says(Privilege, {}, { anyone: test<boolean>('permissions.account_ids', (accounts) => /\ball\b/i.test(accounts), undefined) })),
  aws_ssm_parameter: entry('SSM parameter', says(Store, { kind: 'secret' }, { ownKey: where((one) => one.text('type') === 'SecureString', ownKey('key_id')) })),
};

/** Ready-made policies that give everything, or the keys to everything. */
function managed(path = 'policy_arn') {
  return { ...grants(path, 'identity'), facts: (resource: Resource, called: string) => {
    const value = test<boolean>(path, (text) => administrators.test(text), undefined)(resource);
    return value ? [{ label: `The ${called} "${resource.name}"`, span: value.span, everything: value }] : [];
  } };
}

function managedList() {
  return { ...grants('managed_policy_arns', 'identity'), facts: (resource: Resource, called: string) => {
    const value = resource.value('managed_policy_arns');
    const { span } = resource.place('managed_policy_arns');
    return value?.is === 'list' ? [{ label: `The ${called} "${resource.name}"`, span, everything: known(value.items.some((item) => item.is === 'scalar' && administrators.test(item.text)), span) }] : [];
  } };
}
