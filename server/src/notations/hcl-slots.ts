import type { Slot } from '#engine/setting.js';
import { lineEnd, type Edit, type Span } from '#engine/text.js';
import { lineAfter } from './directives.js';
import type { Attribute, Block, Expression, Hcl } from './hcl.js';

/** What an expression comes to: its text as the product reads it, or why nobody can say. Neither where it is `null`. */
export interface Reading {
  readonly raw?: string | undefined;
  readonly obscured?: string | undefined;
  /** How the value came about where the place itself does not state it: `by default of var.tls`. */
  readonly through?: string | undefined;
  /** Where else the value is to be changed; without it the expression is replaced. */
  readonly write?: ((raw: string) => readonly Edit[]) | undefined;
}

/** Reads literals alone. */
export function literally(value: Expression): Reading {
  if (value.kind !== 'literal') return { obscured: 'the expression is not a literal' };
  return value.value === null ? {} : { raw: String(value.value) };
}

/** A place in a block, or in blocks inside it, where an attribute stands or could stand. */
export interface Place {
  /** The attribute if it is short, else its name; the innermost block that exists where it is absent. */
  readonly span: Span;
  readonly attribute?: Attribute | undefined;
  /** A `dynamic` block on the way states it, perhaps several times over. */
  readonly dynamic: boolean;
  /** The edits that make the file say `name = code` here, and what is missing beside it as well; blocks that are missing are made. */
  state(code: string, beside?: readonly Said[]): readonly Edit[];
  /** The edits that take the attribute away with its line. */
  remove(): readonly Edit[];
}

/** An attribute to be written: its name and its expression. */
export type Said = readonly [name: string, code: string];

/**
 * The blocks of a type in a block, in the order of the file. A list of objects, or one object, that is given as an
 * attribute counts as well: older files write blocks so.
 */
export function blocksIn(block: Block, type: string): readonly Block[] {
  const { blocks, attributes } = block.body;
  const found = blocks.length === 0 ? none : blocks.filter((one) => one.type === type);
  const value = attributes.find(({ name }) => name === type)?.value;
  if (!value) return found;
  const objects = value?.kind === 'object' ? [value] : value?.kind === 'list' ? value.items : [];
  return [...found, ...objects.flatMap((object) => (object.kind === 'object' ? [asBlock(type, object)] : []))];
}

/** The blocks a `dynamic` block makes, as it describes them. */
export function dynamicIn(block: Block, type: string): readonly Block[] {
  return block.body.blocks.filter((one) => one.type === 'dynamic' && one.labels[0] === type);
}

const none: readonly Block[] = [];

function asBlock(type: string, { start, end, entries, apart }: Extract<Expression, { kind: 'object' }>): Block {
  return { ...(apart && { apart }), type, labels: [], head: { start, end: start + 1 }, body: { start: start + 1, end: end - 1, attributes: entries, blocks: [] }, closed: true, isObject: true, start, end };
}

/** Finds a place by path: names of nested blocks, then of the attribute. Of several blocks of a type the first counts. */
export function placeIn(file: Hcl, block: Block, path: readonly string[]): Place {
  const name = path.at(-1)!;
  let inner = block;
  let depth = 0;
  let dynamic = false;
  for (; depth < path.length - 1; depth++) {
    const next = blocksIn(inner, path[depth]!)[0];
    if (!next) {
      dynamic = dynamicIn(inner, path[depth]!).length > 0 || inner.body.attributes.some((one) => one.name === path[depth]);
      break;
    }
    inner = next;
  }
  const missing = path.slice(depth, -1);
  const attribute = missing.length === 0 ? inner.body.attributes.find((one) => one.name === name) : undefined;
  if (!attribute) return { span: inner.head, dynamic, state: (code, beside = []) => (inner.apart || file.isJson || !block.closed ? [] : insertion(file, inner, missing, [[name, code], ...beside])), remove: () => [] };
  if (inner.apart || attribute.start < 0 || !block.closed) return { span: inner.apart ? inner.head : attribute.nameSpan, attribute, dynamic: false, state: () => [], remove: () => [] };
  const { value } = attribute;
  const lineEnds = file.text.indexOf('\n', attribute.start);
  const long = lineEnds >= 0 && lineEnds < attribute.end;
  return {
    span: long ? attribute.nameSpan : { start: attribute.start, end: attribute.end },
    attribute,
    dynamic: false,
    state: (code) => (file.text.slice(value.start, value.end) === code ? [] : [{ start: value.start, end: value.end, text: code }]),
    remove: () => {
      if (file.isJson) return [];
      const start = file.text.lastIndexOf('\n', attribute.start - 1) + 1;
      const end = lineAfter(file.text, attribute.end);
      const alone = file.text.slice(start, attribute.start).trim() === '' && file.text.slice(attribute.end, end).trim() === '';
      return [alone ? { start, end, text: '' } : { start: attribute.start, end: attribute.end, text: '' }];
    },
  };
}

/** The slot of an attribute. `read` says what its expression comes to. */
export function attributeSlot(file: Hcl, block: Block, path: readonly string[], read?: (value: Expression) => Reading): Slot {
  return slotAt(file, placeIn(file, block, path), path.join('.'), read);
}

/** The slot of a place that was found before, by its dotted path. */
export function slotAt(file: Hcl, { attribute, dynamic, span, state }: Place, path: string, read: (value: Expression) => Reading = literally): Slot {
  if (!attribute) return { span, obscured: dynamic ? `the ${path.split('.').at(-2)} blocks are made from an expression` : undefined, write: (raw) => state(literal(raw)) };
  const { raw, obscured, through, write } = read(attribute.value);
  const quoted = file.text[attribute.value.start] === '"';
  return { span, raw, obscured, ...(through !== undefined && { through }), write: (wanted) => (wanted === raw ? [] : (write ?? ((text: string) => state(literal(text, quoted))))(wanted)) };
}

/** A value as HCL writes it: numbers, `true` and `false` bare, everything else between quotes. */
export function literal(raw: string, quoted = false): string {
  if (!quoted && /^(?:true|false|-?(?:0|[1-9]\d{0,14})(?:\.\d+)?)$/.test(raw)) return raw;
  return `"${raw.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t').replace(/([$%])\{/g, '$1$1{')}"`;
}

function insertion({ text }: Hcl, block: Block, missing: readonly string[], said: readonly Said[]): readonly Edit[] {
  const eol = lineEnd(text);
  const { attributes, blocks } = block.body;
  const items = [...attributes, ...blocks].sort((a, b) => a.start - b.start);
  const base = indentAt(text, block.start);
  const last = items.at(-1);
  const indent = items[0] && onOwnLine(text, items[0]) ? indentAt(text, items[0].start) : `${base}  `;
  const neighbours = attributes.filter((one) => onOwnLine(text, one));
  const after = missing.length === 0 ? neighbours.at(-1) : last && onOwnLine(text, last) ? last : undefined;
  const run = missing.length === 0 && after ? lastRun(text, neighbours) : [];
  const stands = Math.max(0, ...run.map(({ nameSpan }) => nameSpan.end - nameSpan.start));
  const width = Math.max(stands, ...said.map(([name]) => name.length));
  const moved = width > stands ? realign(text, run, width) : [];
  // Of two fixes that want something at one place the second waits for the next round: there it finds the block that both want, or
  // the attribute with which its own is to be aligned.
  const alone = (edit: Edit): Edit => (edit.start === edit.end && edit.start > 0 ? { ...edit, start: edit.start - 1, text: text[edit.start - 1] + edit.text } : edit);
  const lines = statement(missing, said, width, block.isObject ? ' = {' : ' {').map((line) => (line === '' ? '' : indent + line));
  if (after) {
    const at = lineAfter(text, after.end);
    // No HCL: what closes the block stands on the line of what it holds.
    if (at > block.body.end) return [];
    const apart = missing.length > 0 ? eol : '';
    return [...moved, alone({ start: at, end: at, text: `${text[at - 1] === '\n' ? '' : eol}${apart}${lines.join(eol)}${eol}` })];
  }
  const open = text[block.body.start - 1] === '{' ? block.body.start : block.head.end;
  const ink = /\S/.exec(text.slice(open, block.body.end));
  const inline = !text.slice(open, block.closed ? block.body.end : open).includes('\n');
  if (!inline) {
    const at = lineAfter(text, open);
    // No HCL: what a block holds begins on a line of its own, or the whole block stands on one.
    if (/^[ \t]*[\w"}]/.test(text.slice(open, at))) return [];
    return [alone({ start: at, end: at, text: lines.join(eol) + eol })];
  }
  if (!block.closed) return [alone({ start: open, end: open, text: eol + lines.join(eol) })];
  if (!ink) return [alone({ start: open, end: block.body.end, text: `${eol}${lines.join(eol)}${eol}${base}` })];
  const first = open + ink.index;
  const end = text.slice(0, block.body.end).trimEnd().length;
  return [
    { start: open, end: first, text: `${eol}${indent}` },
    alone({ start: end, end: block.body.end, text: `${eol}${lines.join(eol)}${eol}${base}` }),
  ];
}

function statement(missing: readonly string[], said: readonly Said[], width: number, opening: ' {' | ' = {'): readonly string[] {
  if (missing.length === 0) return said.map(([name, code]) => `${name.padEnd(width)} = ${code}`);
  const inside = statement(missing.slice(1), said, missing.length > 1 ? 0 : Math.max(...said.map(([name]) => name.length)), opening);
  return [missing[0] + opening, ...inside.map((line) => `  ${line}`), '}'];
}

/**
 * The last attributes on one line each that stand line below line: their equals signs share a column, as `terraform fmt` has it. One whose value
 * goes over several lines ends a run and is in none (hclwrite, format.go).
 */
function lastRun(text: string, attributes: readonly Attribute[]): readonly Attribute[] {
  let first = attributes.length;
  for (let i = attributes.length - 1; i >= 0; i--) {
    const below = attributes[i + 1];
    if (text.slice(attributes[i]!.start, attributes[i]!.end).includes('\n')) break;
    if (below && text.slice(attributes[i]!.end, below.start).split('\n').length !== 2) break;
    first = i;
  }
  return attributes.slice(first);
}

/** The edits that move the equals signs of a run to the column a longer name asks for; none where they were not aligned. */
function realign(text: string, run: readonly Attribute[], width: number): readonly Edit[] {
  const signs = run.map(({ nameSpan }) => ({ name: nameSpan, sign: text.indexOf('=', nameSpan.end) }));
  const columns = new Set(signs.map(({ name, sign }) => sign - name.start));
  if (columns.size !== 1 || signs.some(({ name, sign }) => text.slice(name.end, sign).trim() !== '')) return [];
  return signs.map(({ name, sign }) => ({ start: name.end, end: sign, text: ' '.repeat(width - (name.end - name.start) + 1) }));
}

function onOwnLine(text: string, { start }: Span): boolean {
  return text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() === '';
}

function indentAt(text: string, at: number): string {
  const line = text.lastIndexOf('\n', at - 1) + 1;
  return /^[ \t]*/.exec(text.slice(line, at))![0];
}
