import type { Block, Body, Entry, Expression } from './hcl.js';

/** The expressions directly inside another. */
export function within(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'template':
      return expression.parts.filter((part) => typeof part !== 'string');
    case 'reference':
      return expression.indices ? [...expression.indices.values()] : [];
    case 'access':
      return [expression.of, ...(expression.indices?.values() ?? [])];
    case 'call':
      return expression.args;
    case 'list':
      return expression.items;
    case 'object':
      return expression.entries.flatMap(({ key, value }) => (key ? [key, value] : [value]));
    case 'for':
      return [expression.over, expression.value, ...[expression.key, expression.when].filter((one) => one !== undefined)];
    case 'conditional':
      return [expression.test, expression.then, expression.otherwise];
    case 'operation':
      return expression.operands;
    case 'bound':
      return [expression.of];
    default:
      return [];
  }
}

/** Whether an expression refers to something whose first step passes a test. */
export function refers(expression: Expression, to: (root: string) => boolean): boolean {
  return (expression.kind === 'reference' && to(expression.path[0]!)) || within(expression).some((one) => refers(one, to));
}

/** Whether anything in a block refers to something whose first step passes a test. */
export function refersIn({ body }: Block, to: (root: string) => boolean): boolean {
  return body.attributes.some(({ value }) => refers(value, to)) || body.blocks.some((one) => refersIn(one, to));
}

const nowhere = { start: -1, end: -1 } as const;
const none: ReadonlyMap<string, unknown> = new Map();

/** The most expressions that are copied into what files tell each other. */
const most = 400;

/** An expression without its places, to be read in another file; nothing where it is too large for that. Texts under names that pass the test are left out. */
export function withoutPlaces(expression: Expression, isDelicate: (name: string) => boolean): Expression | undefined {
  let left = most;
  const copy = (one: Expression): Expression => {
    if (--left < 0) return { kind: 'opaque', ...nowhere };
    switch (one.kind) {
      case 'template':
        return { ...one, ...nowhere, parts: one.parts.map((part) => (typeof part === 'string' ? part : copy(part))) };
      case 'call':
        return { ...one, ...nowhere, args: one.args.map(copy) };
      case 'list':
        return { ...one, ...nowhere, items: one.items.map(copy) };
      case 'object':
        return { ...one, ...nowhere, entries: one.entries.map((entry): Entry => ({ name: entry.name, ...(entry.key && { key: copy(entry.key) }), value: isDelicate(entry.name) ? { kind: 'opaque', ...nowhere } : copy(entry.value), nameSpan: nowhere, ...nowhere })) };
      case 'for':
        return { ...one, ...nowhere, over: copy(one.over), value: copy(one.value), key: one.key && copy(one.key), when: one.when && copy(one.when) };
      case 'conditional':
        return { ...one, ...nowhere, test: copy(one.test), then: copy(one.then), otherwise: copy(one.otherwise) };
      case 'operation':
        return { ...one, ...nowhere, operands: one.operands.map(copy) };
      case 'reference':
      case 'access':
        // What is plain data has no maps.
        return one.indices || one.kind === 'access' ? { kind: 'opaque', ...nowhere } : { ...one, ...nowhere };
      case 'bound':
      case 'opaque':
        return { kind: 'opaque', ...nowhere };
      case 'literal':
        return { ...one, ...nowhere };
    }
  };
  const made = copy(expression);
  return left < 0 ? undefined : made;
}

/** A block of another file, as it counts in this one: it is read, and nothing can be written into it. */
export function fromElsewhere(block: Block): Block {
  return { ...block, body: bodyElsewhere(block.body), head: nowhere, apart: true, ...nowhere };
}

/** What stands in a block of another file, as it counts in this one. */
export function bodyElsewhere({ attributes, blocks }: Body): Body {
  return {
    attributes: attributes.map(({ name, value }) => ({ name, value: { kind: 'bound', of: value, names: none, ...nowhere }, nameSpan: nowhere, ...nowhere })),
    blocks: blocks.map(fromElsewhere),
    ...nowhere,
  };
}
