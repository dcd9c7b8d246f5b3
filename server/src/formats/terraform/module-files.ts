import { oncePer } from '#engine/attached.js';
import type { Export, ExportKind } from '#engine/format.js';
import { groupedBy } from '#engine/grouping.js';
import type { Attribute, Block, Entry, Expression, Hcl } from '#notations/hcl.js';
import { blocksIn } from '#notations/hcl-slots.js';
import { refers, withoutPlaces } from '#notations/hcl-walk.js';
import { companions } from './companions.js';
import { evaluate } from './evaluate.js';
import { instances } from './expansion.js';
import type { Scope, Value } from './values.js';

/** What a file tells of an expression: its value, or the expression itself where only the whole module knows the names in it. */
export type Told = Value | Expression;

/** What one file of a module tells the others of its folder. */
export interface ModuleFile {
  /** Variables with their default, or without one. */
  readonly variables: readonly (readonly [name: string, standard?: Told])[];
  readonly locals: readonly (readonly [name: string, value: Told])[];
  readonly resources: readonly Stated[];
  /** The variables a `*.tfvars` file sets; `loaded` where Terraform reads that file unasked. */
  readonly assigned: readonly (readonly [name: string, value: Told])[];
  readonly loaded: boolean;
  /** Whether Terraform merges its blocks into those of the other files. */
  readonly overrides: boolean;
  /** What it asks of the versions of providers. */
  readonly providers: readonly (readonly [name: string, constraint: string])[];
  /** What it gives to those who call the module. */
  readonly outputs: readonly (readonly [name: string, value: Told])[];
  /** The modules of the workspace it calls. */
  readonly calls: readonly (readonly [name: string, call: Called])[];
  /** The addresses of its resources, data sources and module calls. */
  readonly declares: readonly string[];
}

/** A resource or data source as far as others must know it: what it belongs to and what it says about that. */
interface Stated {
  readonly type: string;
  readonly name: string;
  readonly value: Told;
  /** Whether it is certain to exist: neither count nor for_each decides. */
  readonly certain: boolean;
}

/** A call as the other files of its folder must know it: the folder that is called, and what it is given. */
export interface Called {
  readonly folder: string;
  readonly given: readonly (readonly [variable: string, value: Told])[];
  /** Whether `count` or `for_each` makes several of it, all of which are given the same. */
  readonly several?: boolean;
}

export const moduleFile: ExportKind<ModuleFile> = { name: 'terraform module file' };

/** A call of a module of the workspace, which the files of that module ask for. */
export interface ModuleCall {
  readonly name: string;
  /** The folder the call stands in. */
  readonly folder: string;
  readonly given: readonly (readonly [variable: string, value: Told])[];
}

export const moduleCall: ExportKind<ModuleCall> = { name: 'terraform module call' };

/** The folder of a path, the key under which the files of a module find each other. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The last part of a path. */
export function fileOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether Terraform merges the blocks of a file into those of the other files of its folder. */
export function isOverride(path: string): boolean {
  return /^(?:.*_)?override\.(?:tf|tofu)(?:\.json)?$/.test(fileOf(path));
}

/** `aws_s3_bucket.logs`, `data.aws_iam_policy_document.read`, `module.network`. */
export function addressOf({ type, labels }: Block): string | undefined {
  if (type === 'resource' && labels.length === 2) return labels.join('.');
  if (type === 'data' && labels.length === 2) return `data.${labels.join('.')}`;
  return type === 'module' && labels.length === 1 ? `module.${labels[0]}` : undefined;
}

/** The folder of the workspace that a module's source names by a relative path. */
export function localFolder(folder: string, source: string): string | undefined {
  if (!/^\.\.?(?:\/|$)/.test(source)) return undefined;
  const steps = folder === '' ? [] : folder.split('/');
  for (const step of source.split('/')) {
    if (step === '..') {
      if (steps.pop() === undefined) return undefined;
    } else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

/** What the files of a folder tell together, by name. */
export interface Folder {
  readonly variables: ReadonlyMap<string, readonly From<Told | undefined>[]>;
  readonly locals: ReadonlyMap<string, readonly From<Told>[]>;
  readonly assigned: ReadonlyMap<string, readonly (From<Told> & { readonly loaded: boolean })[]>;
  /** Resources by type, data sources as `data.` and the type. */
  readonly resources: ReadonlyMap<string, readonly From<Stated>[]>;
  readonly outputs: ReadonlyMap<string, readonly From<Told>[]>;
  readonly calls: ReadonlyMap<string, readonly From<Called>[]>;
  /** What the files ask of the versions of a provider. */
  readonly providers: ReadonlyMap<string, readonly From<string>[]>;
  /** The files that declare an address, those that override others apart. */
  readonly declared: ReadonlyMap<string, readonly From<boolean>[]>;
  /** Whether any file overrides others. */
  readonly hasOverrides: boolean;
}

export interface From<T> {
  readonly path: string;
  readonly name: string;
  readonly value: T;
}

/** What all files of a folder tell, put in order once for all who ask. Files that override others come first. */
export const folderIndex = oncePer((items: readonly { readonly path: string; readonly value: ModuleFile }[]): Folder => {
  const sorted = [...items].sort((a, b) => Number(b.value.overrides) - Number(a.value.overrides) || (a.value.overrides && a.path < b.path ? 1 : 0));
  const all = <T>(choose: (file: ModuleFile) => readonly (readonly [string, T])[]) =>
    groupedBy(sorted.flatMap(({ path, value }) => choose(value).map(([name, one]): From<T> & { readonly loaded: boolean } => ({ path, name, value: one, loaded: value.loaded }))), ({ name }) => name);
  return {
    variables: all((file) => file.variables.map(([name, standard]) => [name, standard] as const)),
    locals: all((file) => file.locals),
    assigned: all((file) => file.assigned),
    resources: all((file) => file.resources.map((one) => [one.type, one] as const)),
    outputs: all((file) => file.outputs),
    calls: all((file) => file.calls),
    providers: all((file) => file.providers),
    declared: all((file) => file.declares.map((address) => [address, file.overrides] as const)),
    hasOverrides: items.some(({ value }) => value.overrides),
  };
});

/** The constraints on providers that a block states: `required_providers`, or `version` of a `provider` block up to Terraform 0.13. */
export function constraints(block: Block): readonly (readonly [name: string, constraint: string])[] {
  const text = (value: Expression | undefined) => (value?.kind === 'literal' && typeof value.value === 'string' ? value.value : undefined);
  const version = (entries: readonly Attribute[]) => text(entries.find(({ name }) => name === 'version')?.value);
  const all = block.type === 'provider' ? [[block.labels[0], version(block.body.attributes)] as const]
    : block.type !== 'terraform' ? [] : blocksIn(block, 'required_providers').flatMap(({ body }) => body.attributes.map(({ name, value }) => [name, value.kind === 'object' ? version(value.entries) : text(value)] as const));
  return all.flatMap(([name, constraint]) => (name === undefined || constraint === undefined ? [] : [[name, constraint] as const]));
}

/** The major releases that constraints allow. */
export function majorsOf(constraints: readonly string[]): { readonly least: number; readonly greatest: number } {
  let [least, greatest] = [0, Infinity];
  for (const one of constraints.flatMap((text) => text.split(','))) {
    const [, operator = '=', major, rest = ''] = /^(=|!=|>=|<=|>|<|~>)?\s*v?(\d{1,4})((?:\.\d{1,5}){0,2})/.exec(one.trim()) ?? [];
    if (major === undefined || operator === '!=') continue;
    const number = Number(major);
    if (operator !== '<' && operator !== '<=') least = Math.max(least, number);
    if (operator === '=' || operator === '<=' || (operator === '~>' && rest !== '')) greatest = Math.min(greatest, number);
    if (operator === '<') greatest = Math.min(greatest, /[1-9]/.test(rest) ? number : number - 1);
  }
  return { least, greatest };
}

/** A block as an object expression: attributes by name, nested blocks as lists by type, `dynamic` ones as something unknown. */
export function objectOf(block: Block, depth = 0): Expression {
  const place = { start: block.start, end: block.end };
  const entries: Entry[] = [...block.body.attributes];
  const nested = new Map<string, Expression[]>();
  for (const inner of depth < 8 ? block.body.blocks : []) {
    const type = inner.type === 'dynamic' ? (inner.labels[0] ?? '') : inner.type;
    const value: Expression = inner.type === 'dynamic' ? { kind: 'opaque', start: inner.start, end: inner.head.end } : objectOf(inner, depth + 1);
    const alike = nested.get(type);
    if (alike) alike.push(value);
    else nested.set(type, [value]);
  }
  for (const [name, items] of nested) entries.push({ name, nameSpan: place, value: { kind: 'list', items, ...place }, ...place });
  return { kind: 'object', entries, ...place };
}

/** A resource or data source that others ask for, as an object of what they need. */
export function asked(block: Block): { readonly type: string; readonly name: string; readonly says: Expression } | undefined {
  const type = block.type === 'resource' ? block.labels[0]! : block.type === 'data' ? `data.${block.labels[0]}` : '';
  const needed = Object.hasOwn(companions, type) ? companions[type] : undefined;
  if (!needed || block.labels.length !== 2) return undefined;
  const whole = objectOf(block);
  return { type, name: block.labels[1]!, says: needed === 'all' || whole.kind !== 'object' ? whole : { ...whole, entries: whole.entries.filter(({ name }) => needed.includes(name)) } };
}

/** Names of values that may be credentials; those stay in their file. */
const isDelicate = (name: string) => /pass|pwd|secret|token|cred|private|api_?key|access_?key|auth|user_?data|psk|cert/i.test(name);

/** What a file tells the other files of its folder, and those of the modules it calls. `alone` is what its names stand for as far as it says. */
export function exportsOf(file: Hcl, path: string, alone: Scope): readonly Export[] {
  const name = fileOf(path);
  const folder = folderOf(path);
  const values = /\.tfvars(?:\.json)?$/.test(name);
  const tell = (of: string, expression: Expression) => told(of, expression, alone);
  const blocks = file.body.blocks;
  const value: ModuleFile = {
    variables: blocks.flatMap((block) => {
      if (block.type !== 'variable' || block.labels[0] === undefined) return [];
      const standard = block.body.attributes.find((one) => one.name === 'default');
      return [standard ? ([block.labels[0], tell(block.labels[0], standard.value)] as const) : ([block.labels[0]] as const)];
    }),
    locals: blocks.flatMap((block) => (block.type === 'locals' ? block.body.attributes.map((one) => [one.name, tell(one.name, one.value)] as const) : [])),
    resources: blocks.flatMap((block) => {
      const one = asked(block);
      if (!one) return [];
      return instances(block, alone).map((instance) => ({ type: one.type, name: one.name, value: tell('', asked(instance.block)!.says), certain: instance.doubt === undefined }));
    }),
    assigned: values ? file.body.attributes.map((one) => [one.name, tell(one.name, one.value)] as const) : [],
    loaded: /^terraform\.tfvars(?:\.json)?$|\.auto\.tfvars(?:\.json)?$/.test(name),
    overrides: isOverride(path),
    outputs: blocks.flatMap((block) => {
      const value = block.type === 'output' ? block.body.attributes.find((one) => one.name === 'value') : undefined;
      return value && block.labels[0] !== undefined ? [[block.labels[0], tell(block.labels[0], value.value)] as const] : [];
    }),
    calls: blocks.flatMap((block) => {
      const call = callOf(block, folder);
      return call ? [[block.labels[0]!, { ...call, given: given(block).map((one) => [one.name, tell(one.name, one.value)] as const) }] as const] : [];
    }),
    providers: blocks.flatMap(constraints),
    declares: blocks.flatMap((block) => addressOf(block) ?? []),
  };
  return [{ kind: moduleFile, key: folder, value }, ...calls(blocks, folder, tell, alone)];
}

function calls(blocks: readonly Block[], folder: string, tell: (of: string, expression: Expression) => Told, alone: Scope): readonly Export<ModuleCall>[] {
  return blocks.flatMap((block) => {
    const called = calledBy(block, folder);
    if (called === undefined) return [];
    return instances(block, alone).map((instance): Export<ModuleCall> => ({
      kind: moduleCall,
      key: called,
      value: { name: block.labels[0]!, folder, given: given(instance.block).map((one) => [one.name, tell(one.name, one.value)] as const) },
    }));
  });
}

/** The folder of the workspace whose module a block calls. */
function calledBy(block: Block, folder: string): string | undefined {
  if (block.type !== 'module' || block.labels.length !== 1) return undefined;
  const source = block.body.attributes.find(({ name }) => name === 'source')?.value;
  const called = source?.kind === 'literal' ? localFolder(folder, String(source.value)) : undefined;
  return called === folder ? undefined : called;
}

/** The call that a block is, where all that it makes are given the same. */
export function callOf(block: Block, folder: string): Called | undefined {
  const called = calledBy(block, folder);
  if (called === undefined || given(block).some(({ value }) => refers(value, (root) => root === 'each' || root === 'count'))) return undefined;
  const several = block.body.attributes.some(({ name }) => name === 'count' || name === 'for_each');
  return { folder: called, given: given(block).map(({ name, value }) => [name, value] as const), ...(several && { several }) };
}

const given = (block: Block) => block.body.attributes.filter(({ name }) => !meta.has(name));

/** Arguments of a module call that are no variables of the module. */
const meta = new Set(['source', 'version', 'providers', 'count', 'for_each', 'depends_on']);

/** The value of an expression that stands by itself, else the expression, without what may be a credential. */
function told(name: string, expression: Expression, alone: Scope): Told {
  const isText = expression.kind !== 'literal' || typeof expression.value === 'string';
  if (isDelicate(name) && isText) return { is: 'unknown', because: 'it is stated in another file', source: name };
  if (!refers(expression, (root) => root === 'var' || root === 'local' || root === 'module')) return discreet(name, evaluate(expression, alone));
  return withoutPlaces(expression, isDelicate) ?? discreet(name, evaluate(expression, alone));
}

/** A value without what may be a credential, and without what another file could change. */
function discreet(name: string, value: Value): Value {
  const hidden: Value = { is: 'unknown', because: 'it is stated in another file', source: name };
  // Switches and numbers are no credentials, whatever their name.
  const isSwitch = value.is === 'null' || (value.is === 'scalar' && /^(?:true|false|\d{1,4})$/.test(value.text));
  if ((isDelicate(name) && !isSwitch) || value.through !== undefined) return hidden;
  if (value.is === 'object') return { ...value, entries: value.entries.map(([key, inner]) => [key, discreet(key, inner)]) };
  if (value.is === 'list') return { is: 'list', items: value.items.map((item) => discreet('', item)) };
  return value;
}
