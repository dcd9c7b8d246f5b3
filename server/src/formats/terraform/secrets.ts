import { isStandIn, namesCredential, type SecretFields, type SecretUse } from '#concepts/secret.js';
import type { Analysis } from '#engine/analysis.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import type { Attribute, Block, Body, Expression, Hcl } from '#notations/hcl.js';
import { within } from '#notations/hcl-walk.js';
import { evaluate } from './evaluate.js';
import { modulesOf } from './module.js';
import type { Scope, Value } from './values.js';

type SecretFact = Fact & SecretUse & Fields<SecretFields>;

/** Names of attributes, settings and variables that hold a credential. */
const credential = /(?:^|_)(?:password|passwd|pwd|secret|secret_?key|secret_?access_?key|auth_?token|access_?token|api_?key|private_?key|client_?secret|secret_?string|connection_?string|shared_?key|preshared_?key|psk|token)$/i;
/** Names that end so and hold no credential: what points at one, or says something about it. */
const about = /(?:_id|_arn|_name|_path|_length|_type|_policy|_rotation|_version|_enabled|next_token|pagination_token|(?:^|_)(?:password_secret|kms_?key|public_?key|key_?vault_secret))$/i;
/** Texts that are credentials by their form: AWS access keys, private keys, tokens of well-known services. */
const shapes: readonly (readonly [RegExp, string])[] = [
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/, 'an AWS access key'],
  [/(?:aws_secret_access_key|aws_secret_key)\W{1,5}[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/i, 'an AWS secret key'],
  [/-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/, 'a private key'],
  [/\bLS0tLS1CRUdJTi[A-Za-z0-9+/]{0,40}(?:UFJJVkFURSBLRVk|FBSSVZBVEUgS0VZ|QUklWQVRFIEtFW)/, 'an encoded private key'],
  [/\bgh[pousr]_[A-Za-z0-9]{36}\b/, 'a GitHub token'],
  [/(?:^|[\s"'])(?:export\s+)?[A-Z_]{0,40}(?:PASSWORD|PASSWD|SECRET_KEY|API_KEY)=["']?[^\s"'$<{(][^\s"'${]{5,}/m, 'a password'],
];
/** Places whose text is read for credentials by their form. */
const programs = new Set(['user_data', 'user_data_base64', 'custom_data', 'metadata_startup_script', 'startup_script', 'container_definitions', 'container_properties', 'inline', 'script', 'content', 'template_body']);

/** Texts under the name of a credential that are none: switches, numbers, addresses, paths, units of time, and words that say there is none. */
const plainly = /^(?:true|false|null|\d{1,4}|arn:.*|https?:\/\/[^@]*|alias\/.*|\/.*|seconds|minutes|hours|days|unset|not[-_ ]set|none|nil|n\/a|undefined|empty|disabled)$/i;

/** Whether a text is the name under which a credential is kept elsewhere: of a variable, or of an entry of a store. */
function isName(text: string): boolean {
  return (/^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/.test(text) && namesCredential(text)) || (/^[\w.-]{1,60}(?:\/[\w.-]{1,60}){1,9}$/.test(text) && namesCredential(text.slice(text.lastIndexOf('/') + 1)));
}

/** The credentials a file spells out. What is a variable, a reference or a stand-in is none. */
export function secrets(file: Hcl, analysis: Analysis): readonly SecretFact[] {
  const { scope } = modulesOf(analysis)[0]!;
  const found: SecretFact[] = [];
  for (const block of file.body.blocks) {
    if (block.type === 'variable') variable(block, scope, found);
    else if (block.type === 'locals') inBody(block.body, () => 'The local values', scope, found, 0);
    else if (['resource', 'provider', 'module', 'terraform', 'data', 'ephemeral'].includes(block.type)) inBody(block.body, () => labelOf(block), scope, found, 0);
  }
  if (/\.tfvars(?:\.json)?$/.test(analysis.path)) inBody({ ...file.body, blocks: [] }, () => 'The variable file', scope, found, 0);
  return found;
}

function labelOf({ type, labels }: Block): string {
  const [first, name] = labels;
  if (type === 'provider') return `The provider ${first}`;
  if (type === 'module') return `The module "${first}"`;
  return name === undefined ? 'The configuration' : `The ${first} "${name}"`;
}

function variable(block: Block, scope: Scope, found: SecretFact[]): void {
  const name = block.labels[0] ?? '';
  const standard = block.body.attributes.find((one) => one.name === 'default');
  if (standard) judge(standard, name, () => `The variable "${name}"`, scope, found, block.head);
}

function inBody(body: Body, label: () => string, scope: Scope, found: SecretFact[], depth: number): void {
  if (depth > 8) return;
  const entry = namedValue(body);
  if (entry) judge(entry.value, entry.name, label, scope, found, entry.value.nameSpan);
  for (const attribute of body.attributes) {
    const { value } = attribute;
    const objects = objectsIn(value, 0);
    for (const object of objects) inBody({ start: 0, end: 0, attributes: object.entries, blocks: [] }, label, scope, found, depth + 1);
    if (objects.length === 0 && attribute !== entry?.value && (value.kind === 'literal' ? typeof value.value === 'string' : value.kind === 'template' || value.kind === 'call')) judge(attribute, attribute.name, label, scope, found, attribute.nameSpan);
  }
  for (const block of body.blocks) inBody(block.body, label, scope, found, depth + 1);
}

/** The objects that an expression spells out: itself, in a list, or as what a function such as `jsonencode` is given. */
function objectsIn(value: Expression, depth: number): readonly Extract<Expression, { kind: 'object' }>[] {
  if (value.kind === 'object') return [value];
  if (depth > 4) return [];
  if (value.kind === 'list') return value.items.flatMap((item) => objectsIn(item, depth + 1));
  return value.kind === 'call' && value.args.length === 1 ? objectsIn(value.args[0]!, depth + 1) : [];
}

/** A value with its name beside it, as environments and settings of a chart are written: `name = "DB_PASSWORD"`, `value = "…"`. */
function namedValue({ attributes }: Body): { readonly name: string; readonly value: Attribute } | undefined {
  const name = attributes.find((one) => one.name === 'name')?.value;
  const value = attributes.find((one) => one.name === 'value');
  if (name?.kind !== 'literal' || typeof name.value !== 'string' || !value) return undefined;
  const last = name.value.slice(name.value.lastIndexOf('.') + 1);
  return namesCredential(last) && !/existing|ref$|name$/i.test(last) ? { name: last, value } : undefined;
}

function judge(attribute: Attribute, name: string, label: () => string, scope: Scope, found: SecretFact[], span: Span): void {
  const { kind } = attribute.value;
  // A reference is judged where its value stands.
  if (kind !== 'literal' && kind !== 'template' && kind !== 'call') return;
  const byName = (credential.test(name) || attribute.name === 'value' && name !== 'value') && !about.test(name);
  if (!byName && !programs.has(name) && (attribute.value.end - attribute.value.start < 20 || kind === 'call')) return;
  const text = written(evaluate(attribute.value, scope));
  if (text === undefined) return;
  const shape = programs.has(name) || text.length >= 20 ? shapes.slice(0, programs.has(name) ? undefined : -1).find(([pattern]) => pattern.test(text)) : undefined;
  const named = byName && isSpelledOut(attribute.value) && !isStandIn(text) && !plainly.test(text) && !isName(text);
  if (named || shape) found.push({ label: label(), span, what: named ? `\`${name}\`` : shape![1], credential: credentialOf(attribute), kept: known<SecretFields['kept']>('clear', span) });
}

/** Whether nothing in an expression comes from elsewhere: a text, or one that is put together from texts. */
function isSpelledOut(value: Expression): boolean {
  if (value.kind === 'literal') return true;
  return (value.kind === 'call' ? !/^(?:random|uuid|bcrypt|sha|md5|file|templatefile)/.test(value.name) : value.kind === 'list' || value.kind === 'template') && within(value).length > 0 && within(value).every(isSpelledOut);
}

/** The text of a value, without its quotes. */
function credentialOf({ value: { kind, start, end } }: Attribute): Span {
  return kind === 'literal' || kind === 'template' ? { start: start + 1, end: Math.max(start + 1, end - 1) } : { start, end };
}

function written(value: Value): string | undefined {
  return value.is === 'scalar' || value.is === 'partial' ? value.text : undefined;
}
