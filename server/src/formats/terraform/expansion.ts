import type { Attribute, Block, Expression } from '#notations/hcl.js';
import { refers, refersIn } from '#notations/hcl-walk.js';
import { evaluate, pairs, withNames } from './evaluate.js';
import { isByDefault, passing, spend, textOf, type Scope, type Value } from './values.js';

/** One of the resources, modules or data sources that a block makes. */
export interface Instance {
  /** The block with its `dynamic` blocks made, and with what `each` and `count` stand for. */
  readonly block: Block;
  /** What tells it from the others of its block: the key or the number. */
  readonly key?: string;
  /** Why nobody can say whether it is there. */
  readonly doubt?: string;
}

/** The most instances that one block is taken apart into; each of more is judged by what all have in common. */
const most = 100;
/** How deep blocks are looked into. */
const deepest = 8;

type Names = ReadonlyMap<string, Value>;

/** What a block makes: nothing where its count is 0, one for each item of its collection, itself where nobody can say how many. */
export function instances(block: Block, scope: Scope): readonly Instance[] {
  const deciding = block.body.attributes.find(({ name }) => name === 'count' || name === 'for_each');
  if (!deciding) return [{ block: expanded(block, scope) }];
  const collection = evaluate(deciding.value, scope);
  const one = (doubt?: string): readonly Instance[] => [{ block: expanded(block, scope), ...(doubt !== undefined && { doubt }) }];
  const root = deciding.name === 'count' ? 'count' : 'each';
  // One for each that another block makes: what it says of its own is said of that one.
  if (root === 'each' && collection.is === 'reference' && collection.path.length === 2) {
    const key: Value = { is: 'unknown', because: 'each.key differs for each instance', source: 'each.key' };
    return [{ block: expanded(block, scope, new Map([['each', { is: 'object', entries: [['key', key], ['value', { is: 'reference', path: [...collection.path, '?'] }]] }]])) }];
  }
  const count = deciding.name === 'count' ? countOf(collection) : pairs(collection)?.length;
  if (count === undefined) return one(unsure(collection, deciding.name));
  if (count === 0) return isByDefault(collection) ? one(`${collection.through!} there is none`) : [];
  if (count > most || !refersIn(block, (name) => name === root) || !spend(scope, count * 50)) return one();
  const all: readonly (readonly [string | undefined, Value])[] = root === 'count'
    ? Array.from({ length: count }, (_, i) => [String(i), { is: 'object', entries: [['index', { is: 'scalar', text: String(i) }]] }] as const)
    : pairs(collection)!.map(([key, value]) => {
      // Of a set, each item is its own key.
      const of = collection.is === 'list' ? value : key;
      return [textOf(of), { is: 'object', entries: [['key', of], ['value', passing(value, collection)]] }] as const;
    });
  return all.map(([key, value], i) => ({ block: expanded(block, scope, new Map([[root, passing(value, collection)]])), key: key ?? String(i) }));
}

function countOf(value: Value): number | undefined {
  const text = textOf(value);
  if (text === 'true' || text === 'false') return text === 'true' ? 1 : 0;
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

function unsure(value: Value, name: string): string {
  const because = value.is === 'unknown' ? value.because : value.is === 'object' && value.rest !== undefined ? value.rest : value.is === 'reference' ? `${value.path.join('.')} is known only when the plan is carried out` : `${name} is not understood`;
  return `how many there are is not known: ${because}`;
}

/** A block with its `dynamic` blocks made where their collection is known, and with blocks that are given as values. */
export function expanded(block: Block, scope: Scope, names?: Names): Block {
  return inner(block, names ? withNames(scope, names) : scope, names, 0);
}

/** The parts of a block with what the names in force stand for; the block itself where nothing is different. */
function inner(block: Block, scope: Scope, names: Names | undefined, depth: number): Block {
  if (depth > deepest) return block;
  const attributes = unlessSame(block.body.attributes, (one) => [attribute(one, scope, names)]);
  const blocks = unlessSame(block.body.blocks, (one) => (one.type === 'dynamic' && one.labels.length === 1 ? made(one, scope, names, depth) : [inner(one, scope, names, depth + 1)]));
  if (attributes === block.body.attributes && blocks === block.body.blocks) return block;
  return { ...block, body: { ...block.body, attributes, blocks } };
}

function unlessSame<T>(all: readonly T[], change: (one: T) => readonly T[]): readonly T[] {
  const changed = all.flatMap(change);
  return changed.length === all.length && changed.every((one, i) => one === all[i]) ? all : changed;
}

function attribute(one: Attribute, scope: Scope, names: Names | undefined): Attribute {
  const { value } = one;
  const bound: Expression = names && refers(value, (root) => names.has(root)) ? { kind: 'bound', of: value, names, start: value.start, end: value.end } : value;
  const spelt = mayHoldBlocks(bound) ? spelled(evaluate(bound, scope), bound, 0) : undefined;
  return spelt || bound !== value ? { ...one, value: spelt ?? bound } : one;
}

/** Expressions that may come to blocks: those that are spelled out are read as they stand. */
function mayHoldBlocks({ kind, ...rest }: Expression): boolean {
  if (kind === 'call') return (rest as { name: string }).name !== 'jsonencode';
  if (kind === 'list') return (rest as { items: readonly Expression[] }).items.some((item) => item.kind !== 'literal' && item.kind !== 'object' && item.kind !== 'template' && mayHoldBlocks(item));
  return kind === 'reference' || kind === 'access' || kind === 'for' || kind === 'conditional' || kind === 'bound';
}

/** A value that is an object, or a list of objects, as an expression of which the leaves are known. Nothing for other values. */
function spelled(value: Value, { start, end }: Expression, depth: number): Expression | undefined {
  if (depth > deepest || isByDefault(value) && value.is === 'list' && value.items.length === 0) return undefined;
  const place = { start, end };
  if (value.is === 'object' && value.rest === undefined) {
    return { kind: 'object', apart: true, ...place, entries: value.entries.map(([name, one]) => ({ name, nameSpan: place, value: leaf(passing(one, value), place, depth), ...place })) };
  }
  if (value.is !== 'list' || (value.items.length > 0 && !value.items.some((item) => item.is === 'object'))) return undefined;
  return { kind: 'list', ...place, items: value.items.map((item) => leaf(passing(item, value), place, depth)) };
}

function leaf(value: Value, place: { readonly start: number; readonly end: number }, depth: number): Expression {
  const whole = { kind: 'bound', of: { kind: 'reference', path: ['it'], ...place }, names: new Map([['it', value]]), ...place } as const;
  return spelled(value, whole, depth + 1) ?? whole;
}

/** The blocks that a `dynamic` block makes; itself where that is not known, or holds by default alone. */
function made(dynamic: Block, scope: Scope, names: Names | undefined, depth: number): readonly Block[] {
  const get = (name: string) => dynamic.body.attributes.find((one) => one.name === name)?.value;
  const over = get('for_each');
  const content = dynamic.body.blocks.find(({ type }) => type === 'content');
  const collection = over && evaluate(over, scope);
  const all = collection && pairs(collection);
  const labels = get('labels') && evaluate(get('labels')!, scope);
  if (!over || !all || !content || all.length > most || (all.length === 0 && isByDefault(collection)) || !spend(scope, all.length * 30)) return [dynamic];
  const iterator = get('iterator');
  const [type] = dynamic.labels as [string];
  const name = iterator?.kind === 'reference' ? iterator.path[0]! : type;
  const isSet = collection.is === 'list' && over.kind === 'call' && over.name === 'toset';
  return all.map(([key, item]) => {
    const own: Value = passing({ is: 'object', entries: [['key', isSet ? item : key], ['value', passing(item, collection)]] }, collection);
    const known = new Map([...(names ?? []), [name, own]]);
    const block: Block = { ...content, type, labels: labels?.is === 'list' ? labels.items.map((label) => textOf(label) ?? '?') : [], head: dynamic.head, ...(dynamic.apart && { apart: true as const }) };
    return inner(block, withNames(scope, known), known, depth + 1);
  });
}
