import type { Surroundings } from '#engine/analysis.js';
import type { Block, Hcl } from '#notations/hcl.js';
import { evaluate } from './evaluate.js';
import { expanded } from './expansion.js';
import {
  callOf, fileOf, folderIndex, folderOf, isOverride, moduleFile, objectOf, type Called, type Folder, type From, type Told,
} from './module-files.js';
import { byDefault, fullTank, type Scope, type Value } from './values.js';

/** Who uses a module, and with what: the values that a caller gives, or none where it is applied as it is. */
export interface Use {
  /** The values of variables, by name; those that are not given keep their default. Nothing where nobody calls the module. */
  readonly given?: ReadonlyMap<string, Value>;
  /** What its callers ask of the versions of providers, which hold for the modules they call. */
  readonly asks?: readonly (readonly [provider: string, constraint: string])[];
}

/** A module that nobody calls: `*.tfvars` files and defaults say what its variables are. */
export const asItIs: Use = {};

const nobody: Folder = { outputs: new Map(), calls: new Map(), variables: new Map(), locals: new Map(), assigned: new Map(), resources: new Map(), providers: new Map(), declared: new Map(), hasOverrides: false };

/** The file at hand. */
export interface Own {
  readonly file: Hcl;
  readonly path: string;
}

/** How far the outputs of modules that give on what others gave them are followed. */
const deepest = 4;

/**
 * What names stand for in a module. `own` is the file at hand; what the folder tells of its path is not asked. Without a workspace nothing is known of
 * what other modules give.
 */
export function scopeOf(own: Own | undefined, folder: Folder = nobody, use: Use = asItIs, workspace?: Surroundings, depth = 0): Scope {
  const known = new Map<string, Value | undefined>();
  const busy = new Set<string>();
  const once = (key: string, compute: () => Value | undefined): Value | undefined => {
    if (known.has(key)) return known.get(key);
    if (busy.has(key) || busy.size > 60) return undefined;
    busy.add(key);
    const value = compute();
    busy.delete(key);
    known.set(key, value);
    return value;
  };
  const blocks = blocksByName(own?.file);
  const others = <One extends From<unknown>>(map: ReadonlyMap<string, readonly One[]>, name: string): readonly One[] => (map.get(name) ?? []).filter(({ path }) => path !== own?.path);
  const read = (value: Told): Value => ('is' in value ? value : evaluate(value, elsewhere));
  const self: Scope = {
    text: own?.file.text ?? '',
    fuel: { left: fullTank },
    variable: (name) => once(`var.${name}`, () => use.given?.get(name) ?? (use.given ? undefined : assigned(name)) ?? standard(name)),
    local: (name) => once(`local.${name}`, () => {
      const here = blocks.get(`local.${name}`)?.body.attributes.find((one) => one.name === name)?.value;
      return chosen(here && (() => evaluate(here, self)), others(folder.locals, name));
    }),
    output: (call, [first, second]) => {
      const called = calledAs(call);
      const wanted = called?.several ? second : first;
      // Of several instances, all of which are given the same, it does not matter which is meant; of all at once it does.
      if (!called || wanted === undefined || (called.several && first === '*')) return undefined;
      const value = once(`module.${call}.${wanted}`, () => output(call, called, wanted));
      return value && { value, taken: called.several ? 2 : 1 };
    },
    data: (type, name) => once(`data.${type}.${name}`, () => {
      const block = blocks.get(`data.${type}.${name}`);
      if (block) return evaluate(objectOf(expanded(block, self)), self);
      const told = others(folder.resources, `data.${type}`).find((one) => one.value.name === name);
      return told && read(told.value.value);
    }),
  };
  const elsewhere: Scope = { ...self, text: '' };

  function calledAs(name: string): Called | undefined {
    const block = blocks.get(`module.${name}`);
    return block && own ? callOf(block, folderOf(own.path)) : others(folder.calls, name)[0]?.value;
  }

  /** What a module gives, as its own files say with what this call gives them. */
  function output(name: string, call: Called, wanted: string): Value | undefined {
    if (!workspace || depth >= deepest) return undefined;
    const inner = folderIndex(workspace.exported(moduleFile, call.folder).items);
    const [told] = inner.outputs.get(wanted) ?? [];
    if (!told) return undefined;
    const given = new Map(call.given.map(([variable, value]) => [variable, 'is' in value ? value : evaluate(value, blocks.has(`module.${name}`) ? self : elsewhere)] as const));
    const scope = { ...scopeOf(undefined, inner, { given }, workspace, depth + 1), fuel: self.fuel };
    return { ...outside('is' in told.value ? told.value : evaluate(told.value, scope), ['module', name, wanted]), through: `given by module "${name}"` };
  }

  /** What the file at hand says, unless a file that overrides it says something else; then what the other files say. */
  function chosen(here: (() => Value) | undefined, told: readonly From<Told | undefined>[]): Value | undefined {
    const [first] = told.filter(({ value }) => value !== undefined);
    const overridden = first !== undefined && isOverride(first.path) && !(own && isOverride(own.path));
    return here && !overridden ? here() : first && read(first.value!);
  }

  /** What `*.tfvars` files say: those that Terraform reads unasked, the later ones over the earlier. */
  function assigned(name: string): Value | undefined {
    const all = others(folder.assigned, name);
    const asked = all.find(({ loaded }) => !loaded);
    if (asked) return { is: 'unknown', because: `${fileOf(asked.path)} may set var.${name}`, source: `var.${name}` };
    const last = [...all].sort((a, b) => (rank(a.path) < rank(b.path) ? -1 : 1)).at(-1);
    return last && { ...read(last.value), through: `set in ${fileOf(last.path)}` };
  }

  function standard(name: string): Value | undefined {
    const block = blocks.get(`var.${name}`);
    const here = block?.body.attributes.find((one) => one.name === 'default')?.value;
    const told = others(folder.variables, name);
    const declared = block !== undefined || told.length > 0;
    const value = chosen(here && (() => evaluate(here, self)), told);
    if (value) return { ...value, through: byDefault(name) };
    return declared ? { is: 'unknown', because: use.given ? `its caller gives var.${name} nothing` : `var.${name} has no default`, source: `var.${name}` } : undefined;
  }

  return self;
}

/** A value of another module: what is a resource there is a part of what the module gives here. */
function outside(value: Value, path: readonly string[]): Value {
  const { through: _, ...known } = value;
  if (known.is === 'reference') return { is: 'reference', path };
  if (known.is === 'list') return { ...known, items: known.items.map((item, i) => outside(item, [...path, String(i)])) };
  if (known.is === 'object') return { ...known, entries: known.entries.map(([name, one]) => [name, outside(one, [...path, name])] as const) };
  return known;
}

/** Terraform reads `terraform.tfvars`, `terraform.tfvars.json`, then all `*.auto.tfvars` and `*.auto.tfvars.json` by name; what is read later counts. */
function rank(path: string): string {
  const name = fileOf(path);
  return `${name === 'terraform.tfvars' ? 0 : name === 'terraform.tfvars.json' ? 1 : 2} ${name}`;
}

/** The blocks that names stand for. */
function blocksByName(file: Hcl | undefined): ReadonlyMap<string, Block> {
  const found = new Map<string, Block>();
  for (const block of file?.body.blocks ?? []) {
    const [first, second] = block.labels;
    if (block.type === 'variable' && first !== undefined) set(found, `var.${first}`, block);
    else if (block.type === 'data' && second !== undefined) set(found, `data.${first}.${second}`, block);
    else if (block.type === 'module' && first !== undefined) set(found, `module.${first}`, block);
    else if (block.type === 'locals') for (const { name } of block.body.attributes) set(found, `local.${name}`, block);
  }
  return found;
}

function set(map: Map<string, Block>, name: string, block: Block): void {
  if (!map.has(name)) map.set(name, block);
}
