import type { Attribute, Block, Body, Expression, Hcl, Literal } from './hcl.js';
import { HclCursor } from './hcl-cursor.js';
import { readQuoted } from './hcl-expression.js';
import { elements, parseJson, properties, spanOf, type Node } from './json.js';

/** How many labels the blocks of a type have, at the top of a file. */
const labelled: ReadonlyMap<string, number> = new Map([
  ['resource', 2], ['data', 2], ['ephemeral', 2], ['module', 1], ['variable', 1], ['output', 1], ['provider', 1], ['locals', 0], ['terraform', 0], ['check', 1], ['moved', 0], ['import', 0],
]);

/** Whether a text is in the JSON syntax of HCL: no file in the other one begins with a brace. */
export function isJsonSyntax(text: string): boolean {
  return /^\ufeff?\s{0,1000}\{/.test(text);
}

/**
 * Reads the JSON syntax of HCL: objects for blocks, whose labels are names of objects around them; texts in which `${…}` is read. What is
 * written in it is changed value by value; blocks and arguments that are missing are not made.
 */
export function parseHclJson(text: string): Hcl {
  const { root } = parseJson(text);
  const blocks: Block[] = [];
  const attributes: Attribute[] = [];
  for (const { name, value, span } of properties(root)) {
    const labels = labelled.get(name);
    if (labels === undefined) attributes.push(attribute(text, name, value, span.start));
    else labelledBlocks(text, name, value, labels, [], blocks, span.start);
  }
  return { text, body: { start: 0, end: text.length, attributes, blocks }, comments: [], isJson: true };
}

function labelledBlocks(text: string, type: string, value: Node, more: number, labels: readonly string[], found: Block[], start: number): void {
  for (const one of value.type === 'array' ? elements(value) : [value]) {
    if (more === 0) found.push(block(text, type, labels, one, start));
    else for (const { name, value: inner, span } of properties(one)) labelledBlocks(text, type, inner, more - 1, [...labels, name], found, span.start);
  }
}

function block(text: string, type: string, labels: readonly string[], value: Node, start: number): Block {
  const { start: open, end } = spanOf(value);
  return { type, labels, head: { start, end: Math.min(open + 1, end) }, body: bodyOf(text, value), closed: true, start, end };
}

function bodyOf(text: string, value: Node): Body {
  const { start, end } = spanOf(value);
  const attributes: Attribute[] = [];
  const blocks: Block[] = [];
  for (const { name, value: one, span } of properties(value)) {
    if (name === '//') continue;
    if (name === 'dynamic') dynamics(text, one, blocks);
    else attributes.push(attribute(text, name, one, span.start));
  }
  return { start: Math.min(start + 1, end), end: Math.max(start + 1, end - 1), attributes, blocks };
}

function dynamics(text: string, value: Node, found: Block[]): void {
  for (const one of value.type === 'array' ? elements(value) : [value]) {
    for (const { name, value: inner, span } of properties(one)) {
      for (const each of inner.type === 'array' ? elements(inner) : [inner]) {
        const made = block(text, 'dynamic', [name], each, span.start);
        const contents = properties(each).filter((part) => part.name === 'content').map((part) => block(text, 'content', [], part.value, part.span.start));
        found.push({ ...made, body: { ...made.body, attributes: made.body.attributes.filter((part) => part.name !== 'content'), blocks: contents } });
      }
    }
  }
}

function attribute(text: string, name: string, value: Node, start: number): Attribute {
  const read = expression(text, value);
  return { name, nameSpan: { start, end: Math.max(start, Math.min(read.start, text.length)) }, value: read, start, end: read.end };
}

function expression(text: string, node: Node): Expression {
  const span = spanOf(node);
  if (node.type === 'array') return { kind: 'list', items: elements(node).map((one) => expression(text, one)), ...span };
  if (node.type === 'object') {
    return { kind: 'object', entries: properties(node).filter(({ name }) => name !== '//').map((one) => attribute(text, one.name, one.value, one.span.start)), ...span };
  }
  if (node.type !== 'string') return { kind: 'literal', value: node.value as Literal['value'], ...span };
  const said = String(node.value);
  if (!/[$%]\{/.test(said)) return { kind: 'literal', value: said, ...span };
  if (text.slice(span.start, span.end).includes('\\')) return { kind: 'opaque', ...span };
  const cursor = new HclCursor(text);
  cursor.at = span.start;
  return { ...readQuoted(cursor), ...span };
}
