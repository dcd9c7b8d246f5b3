import { Attached } from '#engine/attached.js';

/** What an expression comes to. Plain data, so that it may travel to the other files of a module. */
export type Value = { readonly through?: string } & (
  | { readonly is: 'null' }
  | { readonly is: 'scalar'; readonly text: string }
  /** A text of which parts are not known; they stand as `${…}` in it. */
  | { readonly is: 'partial'; readonly text: string }
  | { readonly is: 'list'; readonly items: readonly Value[] }
  /** `rest` says why there may be more entries than those, which come first where a name is sought. */
  | { readonly is: 'object'; readonly entries: readonly (readonly [name: string, value: Value])[]; readonly rest?: string }
  /** An attribute of a resource or data source, known when the plan is carried out. */
  | { readonly is: 'reference'; readonly path: readonly string[] }
  /** Nobody can say from here. `source` is the expression as written; `fails` where Terraform certainly refuses it. */
  | { readonly is: 'unknown'; readonly because: string; readonly source: string; readonly fails?: true }
);

export type Unknown = Extract<Value, { readonly is: 'unknown' }>;

/** What names stand for where an expression is evaluated. */
export interface Scope {
  readonly text: string;
  variable(name: string): Value | undefined;
  local(name: string): Value | undefined;
  /** A data source that a file spells out, as an object. */
  data(type: string, name: string): Value | undefined;
  /** What a module of the workspace gives to the one who calls it, and how many of the steps that follow its name are taken by that. */
  output?(call: string, steps: readonly string[]): { readonly value: Value; readonly taken: number } | undefined;
  /** Names that stand for something here alone: `each`, `count`, the items of a `dynamic` block or of a `for`. */
  readonly names?: ReadonlyMap<string, Value>;
  /** How much may still be computed by loops and functions: what multiplies is given up, not followed to its end. */
  readonly fuel: { left: number };
}

/** As many steps as a computer takes in a moment no reader notices. */
export const fullTank = 400_000;

/** Takes a number of steps; false where they are used up. */
export function spend({ fuel }: Scope, steps: number): boolean {
  fuel.left -= steps;
  return fuel.left > 0;
}

const defaults = 'by default of var.';

/** How a value came about that is the default of a variable. */
export function byDefault(variable: string): string {
  return defaults + variable;
}

/** Whether a value holds only as long as nobody gives a variable another. */
export function isByDefault({ through }: Value): boolean {
  return through?.startsWith(defaults) ?? false;
}

/** The value of an object's entry, of the first block of that name where several stand. */
export function entry(value: Value | undefined, name: string): Value | undefined {
  return value?.is === 'object' ? value.entries.find(([key]) => key === name)?.[1] : undefined;
}

/** The items of a list; a value that is no list is its only item. */
export function itemsOf(value: Value | undefined): readonly Value[] {
  return value === undefined || value.is === 'null' ? [] : value.is === 'list' ? value.items : [value];
}

/** The text of a value where it is known as a whole. */
export function textOf(value: Value | undefined): string | undefined {
  return value?.is === 'scalar' ? value.text : undefined;
}

/** The text of a value with what is not known left as `${…}`. */
export function roughly(value: Value | undefined): string | undefined {
  if (value?.is === 'scalar' || value?.is === 'partial') return value.text;
  if (value?.is === 'reference') return `\${${value.path.join('.')}}`;
  if (value?.is !== 'unknown') return undefined;
  return value.source.startsWith('${') ? value.source : `\${${value.source}}`;
}

/** What a value points at: the address of a resource, or a name in quotes. */
export function pointsAt(value: Value | undefined): string | undefined {
  if (value?.is === 'reference') return value.path.slice(0, 2).join('.');
  const text = roughly(value);
  return text === undefined ? undefined : `"${text}"`;
}

/** Whether a value, or any part of it, is not known. */
export function isOpen(value: Value): boolean {
  if (value.is === 'list') return value.items.some(isOpen);
  return value.is === 'unknown';
}

/** A value that came about through another. */
export function passing(value: Value, ...from: readonly Value[]): Value {
  const through = value.through ?? from.find((one) => one.through !== undefined)?.through;
  if (through === undefined) return value;
  const passed = { ...value, through };
  weights.set(passed, weights.get(value) ?? 1);
  return passed;
}

/** How many values a value holds; what holds more than anyone writes by hand is not followed, as it may double at each step. */
const weights = new Attached<Value, number>();
const heaviest = 20_000;
const longest = 200_000;

/** The value, unless it holds too much to be looked through. */
export function bounded(value: Value): Value {
  const inner = value.is === 'list' ? value.items : value.is === 'object' ? value.entries.map(([, one]) => one) : [];
  const weight = inner.reduce((sum, one) => sum + (weights.get(one) ?? 1), 1);
  if (weight > heaviest) return { is: 'unknown', because: 'the value is too large to be followed', source: '' };
  weights.set(value, weight);
  return value;
}

export function joined(parts: readonly Value[]): Value {
  const texts = parts.map(roughly);
  if (texts.reduce((sum, part) => sum + (part?.length ?? 0), 0) > longest) return { is: 'unknown', because: 'the text is too long to be followed', source: '' };
  const text = texts.map((part) => part ?? '${…}').join('');
  return passing(parts.every((part) => part.is === 'scalar') ? { is: 'scalar', text } : { is: 'partial', text }, ...parts);
}

/** How many items a value has at its top. */
export function sizeOf(value: Value): number {
  return value.is === 'list' ? value.items.length : value.is === 'object' ? value.entries.length : 1;
}

/** Whether everything in a value is known. */
export function isWhole(value: Value): boolean {
  if (value.is === 'list') return value.items.every(isWhole);
  if (value.is === 'object') return value.rest === undefined && value.entries.every(([, one]) => isWhole(one));
  return value.is === 'scalar' || value.is === 'null';
}

/** Whether two values are the same; `undefined` where that cannot be told. */
export function same(a: Value, b: Value): boolean | undefined {
  if (!isWhole(a) || !isWhole(b)) return undefined;
  return plain(a) === plain(b);
}

/** A value that is known as a whole, as text in which equal values are equal. */
export function plain(value: Value): string {
  if (value.is === 'scalar') return JSON.stringify(value.text);
  if (value.is === 'list') return `[${value.items.map(plain).join()}]`;
  if (value.is !== 'object') return 'null';
  return `{${value.entries.map(([name, one]) => `${JSON.stringify(name)}:${plain(one)}`).sort().join()}}`;
}

/** What stands under a step of a path: an entry, an item, an attribute of a resource. */
export function part(of: Value, step: string, source: string): Value {
  if (of.is === 'reference') return { ...of, path: [...of.path, step] };
  const found = of.is === 'object' ? entry(of, step) : of.is === 'list' && /^\d{1,4}$/.test(step) ? of.items[Number(step)] : undefined;
  if (found) return passing(found, of);
  if (of.is === 'unknown') return { ...of, source };
  if (of.is === 'object' && of.rest !== undefined) return { is: 'unknown', because: of.rest, source };
  const fails = of.is === 'object' || of.is === 'null' || (of.is === 'list' && of.items.every((item) => item.is !== 'unknown'));
  return { is: 'unknown', because: `${step} is not spelled out in it`, source, ...(fails && { fails: true as const }) };
}

/** Reads a text in JSON as a value; what is not known stays as `${…}` in its texts. */
export function fromJson(text: string): Value | undefined {
  try {
    return fromData(JSON.parse(text.replace(/"(?:[^"\\\n]|\\.)*"|\$\{[^}"\n]{0,300}\}/g, (found) => (found.startsWith('"') ? found : `"${found}"`))) as unknown, 0);
  } catch {
    return undefined;
  }
}

function fromData(data: unknown, depth: number): Value {
  if (data === null || data === undefined || depth > 60) return { is: 'null' };
  if (Array.isArray(data)) return { is: 'list', items: data.map((item) => fromData(item, depth + 1)) };
  if (typeof data === 'object') return { is: 'object', entries: Object.entries(data).map(([name, value]) => [name, fromData(value, depth + 1)]) };
  const text = String(data);
  return { is: text.includes('${') ? 'partial' : 'scalar', text };
}
