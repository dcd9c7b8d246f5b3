import type { Block, Hcl } from '#notations/hcl.js';
import { evaluate } from './evaluate.js';
import { expanded } from './expansion.js';
import { fileOf, isOverride, objectOf, type Folder, type From, type Told } from './module-files.js';
import { byDefault, fullTank, type Scope, type Value } from './values.js';

/** Who uses a module, and with what: the values that a caller gives, or none where it is applied as it is. */
export interface Use {
  /** The values of variables, by name; those that are not given keep their default. Nothing where nobody calls the module. */
  readonly given?: ReadonlyMap<string, Value>;
}

/** A module that nobody calls: `*.tfvars` files and defaults say what its variables are. */
export const asItIs: Use = {};

const nobody: Folder = { variables: new Map(), locals: new Map(), assigned: new Map(), resources: new Map(), providers: new Map(), declared: new Map(), hasOverrides: false };

/** The file at hand. */
export interface Own {
  readonly file: Hcl;
  readonly path: string;
}

/** What names stand for in a module. `own` is the file at hand; what the folder tells of its path is not asked. */
export function scopeOf(own: Own | undefined, folder: Folder = nobody, use: Use = asItIs): Scope {
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
    data: (type, name) => once(`data.${type}.${name}`, () => {
      const block = blocks.get(`data.${type}.${name}`);
      if (block) return evaluate(objectOf(expanded(block, self)), self);
      const told = others(folder.resources, `data.${type}`).find((one) => one.value.name === name);
      return told && read(told.value.value);
    }),
  };
  const elsewhere: Scope = { ...self, text: '' };

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
    else if (block.type === 'locals') for (const { name } of block.body.attributes) set(found, `local.${name}`, block);
  }
  return found;
}

function set(map: Map<string, Block>, name: string, block: Block): void {
  if (!map.has(name)) map.set(name, block);
}
