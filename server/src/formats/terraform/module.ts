import type { Analysis } from '#engine/analysis.js';
import type { Export, ExportKind } from '#engine/format.js';
import { groupedBy } from '#engine/grouping.js';
import { query } from '#engine/query.js';
import type { Block, Expression, Hcl } from '#notations/hcl.js';
import { literal, placeIn, type Reading } from '#notations/hcl-slots.js';
import { companions } from './companions.js';
import { bounded, evaluate, type Scope, type Value } from './values.js';

/** What one file of a module tells the others of its folder. */
export interface ModuleFile {
  /** Variables with their default, or without one. */
  readonly variables: readonly (readonly [name: string, standard?: Value])[];
  readonly locals: readonly (readonly [name: string, value: Value])[];
  readonly resources: readonly Summary[];
  /** The variables a `*.tfvars` file sets; `loaded` where Terraform reads that file unasked. */
  readonly assigned: readonly (readonly [name: string, value: Value])[];
  readonly loaded: boolean;
}

/** A resource or data source as far as others must know it: what it belongs to and what it says about that. */
export interface Summary {
  readonly type: string;
  readonly name: string;
  readonly value: Value;
  /** Whether it is certain to exist: neither count nor for_each decides. */
  readonly certain: boolean;
  /** The block, where it stands in the file at hand. */
  readonly block?: Block;
}

export const moduleFile: ExportKind<ModuleFile> = { name: 'terraform module file' };

/** The module a file belongs to, as far as it can be seen from that file. */
export interface Module {
  readonly file: Hcl;
  readonly scope: Scope;
  /** The resources of this file. */
  readonly resources: readonly Block[];
  /** The calls of other modules. */
  readonly calls: readonly Block[];
  /** The summaries of a type in all files of the folder. */
  all(type: string): readonly Summary[];
  /** Whether all files of the folder have been read. */
  readonly complete: boolean;
  read(expression: Expression): Reading;
}

/** Terraform takes all files of one folder as one module. */
const modules = query<Hcl, Module>('terraform', 'module', (analysis) => [assemble(analysis)]);

/** The module of the file under analysis. */
export function moduleOf(analysis: Analysis): Module {
  return modules.select(analysis)[0]!;
}

/** The folder of a path, the key under which the files of a module find each other. */
function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function assemble(analysis: Analysis<Hcl>): Module {
  const { tree: file, path } = analysis;
  const { items, complete } = analysis.surroundings.exported(moduleFile, folderOf(path));
  const others = items.filter((item) => item.path !== path);
  const scope = scopeOf(file, others);
  const own = summaries(file, scope);
  const byType = groupedBy([...own, ...others.flatMap(({ value }) => value.resources)], ({ type }) => type);
  const self: Module = {
    file,
    scope,
    complete,
    resources: file.body.blocks.filter((block) => block.type === 'resource' && block.labels.length === 2 && exists(block, scope) !== 'no'),
    calls: file.body.blocks.filter((block) => block.type === 'module' && block.labels.length === 1 && exists(block, scope) !== 'no'),
    all: (type) => byType.get(type) ?? [],
    read: (expression) => reading(expression, file, scope),
  };
  return self;
}

/** Whether a resource exists: `count = 0` takes it away; a count that is not known leaves it open. */
export function exists(block: Block, scope: Scope): 'yes' | 'no' | 'perhaps' {
  const attribute = block.body.attributes.find(({ name }) => name === 'count' || name === 'for_each');
  if (!attribute) return 'yes';
  const value = evaluate(attribute.value, scope);
  if (value.through !== undefined) return 'perhaps';
  if (value.is === 'list') return value.items.length === 0 ? 'no' : 'yes';
  if (value.is !== 'scalar') return 'perhaps';
  return value.text === '0' ? 'no' : 'yes';
}

function scopeOf(file: Hcl, others: readonly { readonly path: string; readonly value: ModuleFile }[]): Scope {
  const busy = new Set<string>();
  const known = new Map<string, Value | undefined>();
  const once = (key: string, compute: () => Value | undefined): Value | undefined => {
    if (known.has(key)) return known.get(key);
    if (busy.has(key) || busy.size > 60) return undefined;
    busy.add(key);
    const value = compute();
    busy.delete(key);
    known.set(key, value);
    return value;
  };
  const self: Scope = {
    text: file.text,
    variable: (name) => once(`var.${name}`, () => {
      const source = `var.${name}`;
      const setting = others.filter(({ value }) => value.assigned.some(([of]) => of === name));
      const only = setting.length === 1 ? setting[0]!.value : undefined;
      if (only?.loaded) return only.assigned.find(([of]) => of === name)![1];
      if (setting.length > 0) return { is: 'unknown', because: `${setting[0]!.path.slice(setting[0]!.path.lastIndexOf('/') + 1)} may set var.${name}`, source };
      const block = file.body.blocks.find((one) => one.type === 'variable' && one.labels[0] === name);
      const declared = block ? own(block) : others.flatMap(({ value }) => value.variables).find(([of]) => of === name);
      if (!declared) return undefined;
      return declared[1] ? { ...declared[1], through: `by default of var.${name}` } : { is: 'unknown', because: `var.${name} has no default`, source };
    }),
    local: (name) => once(`local.${name}`, () => {
      for (const block of file.body.blocks) {
        const found = block.type === 'locals' ? block.body.attributes.find((one) => one.name === name) : undefined;
        if (found) return evaluate(found.value, self);
      }
      return others.flatMap(({ value }) => value.locals).find(([of]) => of === name)?.[1];
    }),
    data: (type, name) => once(`data.${type}.${name}`, () => {
      const block = file.body.blocks.find((one) => one.type === 'data' && one.labels[0] === type && one.labels[1] === name);
      if (block) return valueOf(block, self, 0);
      return others.flatMap(({ value }) => value.resources).find((one) => one.type === `data.${type}` && one.name === name)?.value;
    }),
  };
  const own = (block: Block): readonly [string, Value?] => {
    const standard = block.body.attributes.find(({ name }) => name === 'default');
    return standard ? [block.labels[0]!, evaluate(standard.value, self)] : [block.labels[0]!];
  };
  return self;
}

/** A block as an object: attributes by name, nested blocks as lists by type, `dynamic` ones as something unknown. */
export function valueOf(block: Block, scope: Scope, depth: number): Value {
  const entries: [string, Value][] = block.body.attributes.map(({ name, value }) => [name, evaluate(value, scope)]);
  const nested = new Map<string, Value[]>();
  for (const inner of depth < 8 ? block.body.blocks : []) {
    const type = inner.type === 'dynamic' ? (inner.labels[0] ?? '') : inner.type;
    const value: Value = inner.type === 'dynamic' ? { is: 'unknown', because: `the ${type} blocks are made from an expression`, source: type } : valueOf(inner, scope, depth + 1);
    const alike = nested.get(type);
    if (alike) alike.push(value);
    else nested.set(type, [value]);
  }
  for (const [type, items] of nested) entries.push([type, bounded({ is: 'list', items })]);
  return bounded({ is: 'object', entries });
}

function summaries(file: Hcl, scope: Scope): readonly Summary[] {
  return file.body.blocks.flatMap((block) => {
    const type = block.type === 'resource' ? block.labels[0]! : block.type === 'data' ? `data.${block.labels[0]}` : '';
    const asked = companions[type];
    if (!asked || block.labels.length !== 2) return [];
    const existing = exists(block, scope);
    if (existing === 'no') return [];
    const whole = valueOf(block, scope, 0);
    const value: Value = asked === 'all' || whole.is !== 'object' ? whole : { is: 'object', entries: whole.entries.filter(([name]) => asked.includes(name)) };
    return [{ type, name: block.labels[1]!, value, certain: existing === 'yes', block }];
  });
}

function reading(expression: Expression, file: Hcl, scope: Scope): Reading {
  const value = evaluate(expression, scope);
  const { through } = value;
  if (value.is === 'null' && through === undefined) return {};
  if (value.is === 'scalar' || value.is === 'null') {
    const variable = expression.kind === 'reference' && expression.path[0] === 'var' && expression.path.length === 2 ? expression.path[1] : undefined;
    const block = through === undefined ? undefined : file.body.blocks.find((one) => one.type === 'variable' && one.labels[0] === variable);
    return {
      ...(value.is === 'scalar' && { raw: value.text }),
      ...(through !== undefined && { through, write: block ? (raw) => placeIn(file, block, ['default']).state(literal(raw)) : () => [] }),
    };
  }
  if (value.is === 'unknown') return { obscured: value.because };
  return { obscured: value.is === 'reference' ? `${value.path.join('.')} is known only when the plan is carried out` : 'parts of the value are not known' };
}

/** Names of values that may be credentials; those stay in their file. */
const delicate = /pass|pwd|secret|token|cred|private|api_?key|access_?key|auth|user_?data|psk|cert/i;

/** What a file tells the other files of its folder. */
export function exportsOf(file: Hcl, path: string): readonly Export[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const scope = scopeOf(file, []);
  const values = /\.tfvars$/.test(name);
  const value: ModuleFile = {
    variables: file.body.blocks.flatMap((block) => {
      if (block.type !== 'variable' || block.labels[0] === undefined) return [];
      const standard = block.body.attributes.find((one) => one.name === 'default');
      return [standard ? ([block.labels[0], discreet(block.labels[0], evaluate(standard.value, scope))] as const) : ([block.labels[0]] as const)];
    }),
    locals: file.body.blocks.flatMap((block) => (block.type === 'locals' ? block.body.attributes.map((one) => [one.name, discreet(one.name, evaluate(one.value, scope))] as const) : [])),
    resources: summaries(file, scope).map(({ type, name: of, value: said, certain }) => ({ type, name: of, value: discreet('', said), certain })),
    assigned: values ? file.body.attributes.map((one) => [one.name, discreet(one.name, evaluate(one.value, scope))] as const) : [],
    loaded: name === 'terraform.tfvars' || name.endsWith('.auto.tfvars'),
  };
  return [{ kind: moduleFile, key: folderOf(path), value }];
}

/** A value without what may be a credential, and without what another file could change. */
function discreet(name: string, value: Value): Value {
  const hidden: Value = { is: 'unknown', because: `it is stated in another file`, source: name };
  if (delicate.test(name) || value.through !== undefined) return hidden;
  if (value.is === 'object') return { is: 'object', entries: value.entries.map(([key, inner]) => [key, discreet(key, inner)]) };
  if (value.is === 'list') return { is: 'list', items: value.items.map((item) => discreet('', item)) };
  return value;
}
