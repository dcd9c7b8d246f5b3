import { Privilege, type PrivilegeFields } from '#concepts/privilege.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import type { Resource } from './resource.js';
import { named, type Says } from './says.js';
import { entry, fromJson, itemsOf, roughly, spend, textOf, type Scope, type Value } from './values.js';

/** One statement of an AWS policy document, however it was written. */
export interface Statement {
  readonly sid?: string;
  readonly allows: boolean;
  readonly actions: readonly string[];
  /** `NotAction`: everything but the actions. */
  readonly otherActions: boolean;
  readonly resources: readonly string[];
  readonly otherResources: boolean;
  /** Whether everyone is meant: `*`, or `NotPrincipal`. */
  readonly everyone: boolean;
  /** `AWS`, `Service`, `Federated` and who. */
  readonly principals: readonly (readonly [kind: string, who: string])[];
  /** Operator, key and values of each condition. */
  readonly conditions: readonly (readonly [operator: string, key: string, values: readonly string[]])[];
}

/** A policy's statements, and why there may be others where not all could be read. */
export interface Document {
  readonly statements: readonly Statement[];
  readonly because?: string;
}

/** Reads a policy: a text in JSON, an object for `jsonencode`, or a document that a data source spells out or merges from others. */
export function documentOf(value: Value, scope: Scope, depth = 0): Document {
  if (value.is === 'scalar' || value.is === 'partial') {
    const read = fromJson(value.text);
    return read?.is === 'object' ? statements(read) : unread('the policy is not readable as JSON');
  }
  if (value.is === 'object') return statements(value);
  if (value.is === 'reference') {
    const [root, type, name] = value.path;
    const data = root === 'data' && type === 'aws_iam_policy_document' && name !== undefined ? scope.data(type, name) : undefined;
    return data ? fromDataSource(data, scope, depth) : unread(`${value.path.join('.')} is known only when the plan is carried out`);
  }
  return unread(value.is === 'unknown' ? value.because : 'the policy is not an object');
}

const unread = (because: string): Document => ({ statements: [], because });

function statements(document: Value): Document {
  const all = entry(document, 'Statement');
  if (!all || all.is === 'unknown') return unread(all?.is === 'unknown' ? all.because : 'the policy has no statement');
  return toDocument(itemsOf(all), (one) => {
    const get = (name: string) => entry(one, name);
    const principal = get('Principal');
    const principals = principal?.is === 'object' ? principal.entries.flatMap(([kind, who]) => texts(who).map((text) => [kind, text] as const)) : texts(principal).map((text) => ['AWS', text] as const);
    const condition = get('Condition');
    return statement(get('Sid'), get('Effect'), get('Action'), get('NotAction'), get('Resource'), get('NotResource'), principals, get('NotPrincipal') !== undefined,
      condition?.is === 'object' ? condition.entries.flatMap(([operator, keys]) => (keys.is === 'object' ? keys.entries.map(([key, values]) => [operator, key, texts(values)] as const) : [])) : condition ? [['?', '?', []]] : []);
  });
}

function toDocument(all: readonly Value[], read: (one: Value) => Statement): Document {
  const open = all.find((one) => one.is === 'unknown');
  return { statements: all.filter((one) => one.is === 'object').map(read), ...(open?.is === 'unknown' && { because: open.because }) };
}

/**
 * What `aws_iam_policy_document` comes to: the statements of its sources, its own, and those that override them. A statement
 * replaces an earlier one of the same `sid`. AWS provider, data source aws_iam_policy_document; `source_json` and
 * `override_json` up to version 3.
 */
function fromDataSource(data: Value, scope: Scope, depth: number): Document {
  // Documents may be merged from each other so often that the sum has no end.
  if (depth > 30 || !spend(scope, 50)) return unread('the policy is merged from more documents than are followed');
  const own = toDocument(itemsOf(entry(data, 'statement')), (one) => {
    const get = (name: string) => entry(one, name);
    const principals = itemsOf(get('principals')).flatMap((who) => texts(entry(who, 'identifiers')).map((text) => [roughly(entry(who, 'type')) ?? '', text] as const));
    return statement(get('sid'), get('effect'), get('actions'), get('not_actions'), get('resources'), get('not_resources'), principals, get('not_principals') !== undefined,
      itemsOf(get('condition')).map((condition) => [roughly(entry(condition, 'test')) ?? '?', roughly(entry(condition, 'variable')) ?? '?', texts(entry(condition, 'values'))] as const));
  });
  const from = (...names: readonly string[]) => names.flatMap((name) => itemsOf(entry(data, name))).map((value) => documentOf(value, scope, depth + 1));
  return [...from('source_json', 'source_policy_documents'), own, ...from('override_json', 'override_policy_documents')].reduce(over);
}

function over(before: Document, after: Document): Document {
  const replaced = new Set(after.statements.flatMap(({ sid }) => sid ?? []));
  const because = before.because ?? after.because;
  return { statements: [...before.statements.filter(({ sid }) => sid === undefined || !replaced.has(sid)), ...after.statements], ...(because !== undefined && { because }) };
}

function statement(sid: Value | undefined, effect: Value | undefined, action: Value | undefined, notAction: Value | undefined, resource: Value | undefined, notResource: Value | undefined,
  principals: Statement['principals'], others: boolean, conditions: Statement['conditions']): Statement {
  const words = effect === undefined ? 'Allow' : roughly(effect);
  const id = textOf(sid);
  return {
    ...(id !== undefined && id !== '' && { sid: id }),
    allows: words === 'Allow',
    actions: texts(action ?? notAction),
    otherActions: action === undefined && notAction !== undefined,
    resources: texts(resource ?? notResource),
    otherResources: resource === undefined && notResource !== undefined,
    everyone: others || principals.some(([kind, who]) => who === '*' && kind !== 'Service' && kind !== 'Federated'),
    principals,
    conditions,
  };
}

function texts(value: Value | undefined): readonly string[] {
  return itemsOf(value).map((item) => roughly(item) ?? '${…}');
}

/** Every action on everything. */
export function isEverything(one: Statement): boolean {
  return one.allows && anyResource(one) && (one.otherActions ? one.actions.length === 0 : one.actions.some((action) => action === '*' || action === '*:*'));
}

/** Anyone at all, without a condition that narrows it. */
export function isForAnyone(one: Statement): boolean {
  return one.allows && ((one.everyone && one.conditions.length === 0) || isForAllOfGitHub(one));
}

/** GitHub's identity provider speaks for every repository there is: only a condition on the subject tells them apart. */
function isForAllOfGitHub({ principals, conditions }: Statement): boolean {
  if (!principals.some(([kind, who]) => kind === 'Federated' && who.includes('token.actions.githubusercontent.com'))) return false;
  const subjects = conditions.filter(([, key]) => /^token\.actions\.githubusercontent\.com(?:\/[\w-]+)?:sub$/i.test(key)).flatMap(([, , values]) => values);
  return subjects.length === 0 || subjects.some((subject) => subject.startsWith('repo:*') || (subject.includes('*') && !subject.includes(':')));
}

function anyResource(one: Statement): boolean {
  return one.otherResources || one.resources.some((resource) => resource === '*');
}

/** Rights with which a holder can give itself all others, or read every credential or record, when granted on every resource. */
const nearlyAll = new Set([
  'iam:passrole', 'iam:createpolicyversion', 'iam:setdefaultpolicyversion', 'iam:attachuserpolicy', 'iam:attachgrouppolicy', 'iam:attachrolepolicy', 'iam:putuserpolicy', 'iam:putgrouppolicy',
  'iam:putrolepolicy', 'iam:addusertogroup', 'iam:updateassumerolepolicy', 'iam:createloginprofile', 'iam:updateloginprofile', 'iam:createaccesskey', 'sts:assumerole', 'lambda:updatefunctioncode',
  'glue:updatedevendpoint', 'glue:createdevendpoint', 'secretsmanager:getsecretvalue', 'ssm:getparameter', 'ssm:getparameters', 'ssm:getparametersbypath', 's3:getobject', 's3:putbucketpolicy',
  's3:putobjectacl', 'kms:decrypt', 'rds:modifydbsnapshotattribute', 'ec2:modifysnapshotattribute',
]);

/** The actions of a statement that come close to full control. */
export function nearlyEverything(one: Statement): readonly string[] {
  if (!one.allows || one.conditions.length > 0 || !anyResource(one)) return [];
  // All that is not named, of services that are not made yet as well.
  if (one.otherActions) return one.actions.includes('*') ? [] : [`everything but ${one.actions.slice(0, 3).join(', ')}${one.actions.length > 3 ? ' …' : ''}`];
  return one.actions.filter((action) => nearlyAll.has(action.toLowerCase()) || /^(?:iam|sts|s3|kms|secretsmanager|ssm|lambda|rds|dynamodb|ec2|organizations|sso|cloudtrail|logs):\*$/i.test(action));
}

/** Whether whoever comes without TLS is turned away. */
export function deniesClearText(document: readonly Statement[]): boolean {
  const allowing = document.filter((one) => one.allows);
  const overTls = (one: Statement): boolean => one.conditions.some(([operator, key, values]) => /^Bool/i.test(operator) && /^aws:securetransport$/i.test(key) && values.includes('true'));
  if (allowing.length > 0 && allowing.every(overTls)) return true;
  return document.some((one) => !one.allows && one.everyone && !one.otherActions && one.actions.some((action) => /^(?:\*|s3:\*)$/i.test(action))
    && one.conditions.some(([operator, key, values]) => /^Bool/i.test(operator) && /^aws:securetransport$/i.test(key) && values.includes('false')));
}

/** What a policy of an identity (`identity`) or of a resource (`resource`) gives away. */
export function grants(path: string, holder: 'identity' | 'resource', called?: string): Says {
  return {
    of: Privilege,
    facts: (resource, standard) => resource.nested(path.split('.').slice(0, -1).join('.')).concat(path.includes('.') ? [] : [resource]).flatMap((one) => {
      const name = path.split('.').at(-1)!;
      const value = one.value(name);
      if (value === undefined) return [];
      const { span } = one.place(name);
      const fact = { label: named(called ?? standard, resource), span };
      const fields = privileges(documentOf(value, resource.module.scope), span, holder);
      return [{ ...fact, ...fields }];
    }),
  };
}

/** The privileges of a document as settings at a place. What a part of it grants, all of it grants. */
export function privileges(document: Document, span: Span, holder: 'identity' | 'resource'): { readonly [K in 'everything' | 'anyone' | 'dangerous']?: Setting<PrivilegeFields[K]> } {
  const { statements: all, because } = document;
  const granted = (found: boolean): Setting<boolean> => (found || because === undefined ? known(found, span) : undetermined(span, because));
  if (holder === 'resource') return { anyone: granted(all.some(isForAnyone)) };
  if (all.some(isEverything)) return { everything: known(true, span) };
  const dangerous = [...new Set(all.flatMap(nearlyEverything))];
  return { everything: granted(false), dangerous: dangerous.length > 0 || because === undefined ? known(dangerous, span) : undetermined(span, because) };
}

/** The document of an attribute of a resource. */
export function policyOf(resource: Resource, path: string): Document | undefined {
  const value = resource.value(path);
  return value && documentOf(value, resource.module.scope);
}
