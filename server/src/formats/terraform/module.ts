import type { Analysis } from '#engine/analysis.js';
import { oncePer } from '#engine/attached.js';
import type { Export } from '#engine/format.js';
import { groupedBy } from '#engine/grouping.js';
import { query } from '#engine/query.js';
import type { Releases } from '#engine/release.js';
import type { Block, Expression, Hcl } from '#notations/hcl.js';
import { literal, placeIn, type Reading } from '#notations/hcl-slots.js';
import { evaluate } from './evaluate.js';
import { instances, type Instance } from './expansion.js';
import { asked, constraints, exportsOf as exportsIn, folderIndex, folderOf, majorsOf, moduleFile, type Folder } from './module-files.js';
import { lockedIn } from './lock-file.js';
import { merged, type Merged } from './overrides.js';
import { asItIs, scopeOf, type Use } from './scope.js';
import { usesOf } from './uses.js';
import { byDefault, entry, pointsAt, type Scope, type Value } from './values.js';

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
  /** Those of a type whose attribute points at one of some names, as {@link pointsAt} has it, and those of which nobody can say what they point at. */
  pointing(type: string, by: string, names: readonly string[]): { readonly at: readonly Summary[]; readonly open: readonly Summary[] };
  /** Whether all files of the folder have been read. */
  readonly complete: boolean;
  /** The releases of a provider that the files allow. */
  releases(provider: string): Releases;
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

function assemble({ path, surroundings }: Analysis, folder: Folder, { file, shows }: Merged, use: Use, complete: boolean): Module {
  const scope = scopeOf({ file, path }, folder, use, surroundings);
  const blocks = (type: string, labels: number) => file.body.blocks.filter((block) => block.type === type && block.labels.length === labels).map((block) => instances(block, scope));
  const resources = blocks('resource', 2);
  const own = groupedBy([...resources, ...blocks('data', 2)].flat().flatMap((one) => summaryOf(one, scope) ?? []), ({ type }) => type);
  const byType = new Map<string, readonly Summary[]>();
  const others = elsewhere(folder, use, scope);
  const isOther = (one: Elsewhere) => one.path !== path;
  const stated = file.body.blocks.flatMap(constraints);
  const releases = new Map<string, Releases>();
  return {
    file,
    scope,
    complete,
    resources,
    calls: blocks('module', 1),
    releases: (provider) => {
      let allowed = releases.get(provider);
      if (!allowed) {
        const here = stated.filter(([name]) => name === provider).map(([, constraint]) => constraint);
        const there = (folder.providers.get(provider) ?? []).flatMap((one) => (one.path === path ? [] : [one.value]));
        const above = [...surroundings.shared(lockedIn, folderOf(path)), ...(use.asks ?? [])].flatMap(([name, constraint]) => (name === provider ? [constraint] : []));
        const { least, greatest } = majorsOf([...here, ...there, ...above]);
        releases.set(provider, (allowed = { least: [least], greatest: [greatest, Infinity] }));
      }
      return allowed;
    },
    shows,
    all: (type) => {
      let all = byType.get(type);
      if (!all) byType.set(type, (all = [...(own.get(type) ?? []), ...others.of(type).filter(isOther)]));
      return all;
    },
    pointing: (type, by, names) => {
      const here = targetsOf(own.get(type) ?? [], by);
      const there = others.targets(type, by);
      return {
        at: [...new Set(names)].flatMap((name) => [...(here.at.get(name) ?? []), ...(there.at.get(name) ?? []).filter(isOther)]),
        open: [...here.open, ...there.open.filter(isOther)],
      };
    },
    read: (expression) => reading(expression, file, scope),
  };
}

/** A resource of some file of the folder. */
type Elsewhere = Summary & { readonly path: string };

interface Targets<One> {
  readonly at: ReadonlyMap<string, readonly One[]>;
  readonly open: readonly One[];
}

interface Others {
  of(type: string): readonly Elsewhere[];
  targets(type: string, by: string): Targets<Elsewhere>;
}

/** What all files of a folder say of resources: worked out once for a folder that is applied as it is, whichever of its files asks. */
function elsewhere(folder: Folder, use: Use, scope: Scope): Others {
  return use === asItIs ? ofFolder(folder) : others(folder, { ...scope, text: '' });
}

const ofFolder = oncePer((folder: Folder): Others => others(folder, scopeOf(undefined, folder)));

function others(folder: Folder, scope: Scope): Others {
  const known = new Map<string, readonly Elsewhere[]>();
  const targets = new Map<string, Targets<Elsewhere>>();
  const self: Others = {
    of: (type) => {
      let all = known.get(type);
      if (!all) {
        all = (folder.resources.get(type) ?? []).map(({ path, value: { name, value, certain } }) => ({ path, type, name, certain, value: 'is' in value ? value : evaluate(value, scope) }));
        known.set(type, all);
      }
      return all;
    },
    targets: (type, by) => {
      const key = `${type} ${by}`;
      let found = targets.get(key);
      if (!found) targets.set(key, (found = targetsOf(self.of(type), by)));
      return found;
    },
  };
  return self;
}

function targetsOf<One extends Summary>(all: readonly One[], by: string): Targets<One> {
  const told = all.map((one) => ({ one, target: entry(one.value, by) }));
  return {
    at: new Map([...groupedBy(told, ({ target }) => pointsAt(target) ?? '')].map(([name, those]) => [name, those.map(({ one }) => one)])),
    open: told.filter(({ target }) => target === undefined || target.is === 'unknown').map(({ one }) => one),
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
