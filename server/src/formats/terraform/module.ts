import type { Analysis } from '#engine/analysis.js';
import type { Export } from '#engine/format.js';
import { groupedBy } from '#engine/grouping.js';
import { query } from '#engine/query.js';
import type { Block, Expression, Hcl } from '#notations/hcl.js';
import { literal, placeIn, type Reading } from '#notations/hcl-slots.js';
import { evaluate } from './evaluate.js';
import { instances, type Instance } from './expansion.js';
import { asked, constraints, exportsOf as exportsIn, folderIndex, folderOf, majorsOf, moduleFile, type Folder } from './module-files.js';
import { merged, type Merged } from './overrides.js';
import { scopeOf, type Use } from './scope.js';
import { usesOf } from './uses.js';
import { byDefault, type Scope, type Value } from './values.js';

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

/** The module a file belongs to, in one of its uses, as far as it can be seen from that file. */
export interface Module {
  readonly file: Hcl;
  readonly scope: Scope;
  /** The blocks of the resources of this file with all that each of them makes. */
  readonly resources: readonly (readonly Instance[])[];
  /** The calls of other modules. */
  readonly calls: readonly (readonly Instance[])[];
  /** The summaries of a type in all files of the folder. */
  all(type: string): readonly Summary[];
  /** Whether all files of the folder have been read. */
  readonly complete: boolean;
  /** The major releases of a provider that the files allow. */
  releases(provider: string): { readonly least: number; readonly greatest: number };
  /** Whether something found at a place of a block is shown in this file. */
  readonly shows: Merged['shows'];
  read(expression: Expression): Reading;
}

/** Terraform takes all files of one folder as one module; what it comes to differs from one use of the module to another. */
const modules = query<Hcl, Module>('terraform', 'module', (analysis) => {
  const { items, complete } = analysis.surroundings.exported(moduleFile, folderOf(analysis.path));
  const folder = folderIndex(items);
  const whole = merged(analysis, folder);
  return usesOf(folderOf(analysis.path), analysis.surroundings).map((use) => assemble(analysis, folder, whole, use, complete));
});

/** The module of the file under analysis, once for each of its uses. */
export function modulesOf(analysis: Analysis): readonly Module[] {
  return modules.select(analysis);
}

function assemble({ path }: Analysis, folder: Folder, { file, shows }: Merged, use: Use, complete: boolean): Module {
  const scope = scopeOf({ file, path }, folder, use);
  const blocks = (type: string, labels: number) => file.body.blocks.filter((block) => block.type === type && block.labels.length === labels).map((block) => instances(block, scope));
  const resources = blocks('resource', 2);
  const own = groupedBy([...resources, ...blocks('data', 2)].flat().flatMap((one) => summaryOf(one, scope) ?? []), ({ type }) => type);
  const byType = new Map<string, readonly Summary[]>();
  const elsewhere: Scope = { ...scope, text: '' };
  return {
    file,
    scope,
    complete,
    resources,
    calls: blocks('module', 1),
    releases: (provider) => majorsOf([
      ...file.body.blocks.flatMap(constraints).flatMap(([name, constraint]) => (name === provider ? [constraint] : [])),
      ...(folder.providers.get(provider) ?? []).flatMap((one) => (one.path === path ? [] : [one.value])),
    ]),
    shows,
    all: (type) => {
      let all = byType.get(type);
      if (!all) {
        const others = (folder.resources.get(type) ?? []).filter((one) => one.path !== path);
        all = [...(own.get(type) ?? []), ...others.map(({ value: { name, value, certain } }): Summary => ({ type, name, certain, value: 'is' in value ? value : evaluate(value, elsewhere) }))];
        byType.set(type, all);
      }
      return all;
    },
    read: (expression) => reading(expression, file, scope),
  };
}

function summaryOf({ block, doubt }: Instance, scope: Scope): Summary | undefined {
  const one = asked(block);
  return one && { type: one.type, name: one.name, value: evaluate(one.says, scope), certain: doubt === undefined, block };
}

function reading(expression: Expression, file: Hcl, scope: Scope): Reading {
  const value = evaluate(expression, scope);
  const { through } = value;
  if (value.is === 'null' && through === undefined) return {};
  if (value.is === 'scalar' || value.is === 'null') {
    const variable = expression.kind === 'reference' && expression.path[0] === 'var' && expression.path.length === 2 ? expression.path[1] : undefined;
    const block = variable !== undefined && through === byDefault(variable) ? file.body.blocks.find((one) => one.type === 'variable' && one.labels[0] === variable) : undefined;
    const elsewhere = through !== undefined || expression.kind === 'bound';
    return {
      ...(value.is === 'scalar' && { raw: value.text }),
      ...(through !== undefined && { through }),
      ...(elsewhere && { write: block ? (raw: string) => placeIn(file, block, ['default']).state(literal(raw)) : () => [] }),
    };
  }
  if (value.is === 'unknown') return { obscured: value.because };
  return { obscured: value.is === 'reference' ? `${value.path.join('.')} is known only when the plan is carried out` : 'parts of the value are not known' };
}

/** What a file tells the other files of its folder, and those of the modules it calls. */
export function exportsOf(file: Hcl, path: string): readonly Export[] {
  return exportsIn(file, path, scopeOf({ file, path }));
}
