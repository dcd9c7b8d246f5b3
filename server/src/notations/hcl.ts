import type { Comment } from '#engine/format.js';
import type { Span } from '#engine/text.js';
import { deepest, HclCursor } from './hcl-cursor.js';
import { readExpression, readQuoted } from './hcl-expression.js';

/** A file in the HashiCorp configuration language, version 2: attributes and blocks. */
export interface Hcl {
  readonly text: string;
  readonly body: Body;
  readonly comments: readonly Comment[];
  /** Whether the file is in the JSON syntax, in which nothing is written but values in place of others. */
  readonly isJson?: true;
}

/** What stands between two braces, or in the whole file. The span is without the braces. */
export interface Body extends Span {
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly Block[];
}

/** `name = expression`. */
export interface Attribute extends Span {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Expression;
}

/** `type "label" "label" { … }`. Its span reaches from the type to the closing brace. */
export interface Block extends Span {
  readonly type: string;
  readonly labels: readonly string[];
  /** From the type to the last label. */
  readonly head: Span;
  readonly body: Body;
  /**
   * False where the closing brace is missing, of it or a block in it, and the block ends where the next one begins, or the closing quote of a
   * label: nothing is written into it.
   */
  readonly closed: boolean;
  /** Whether it is an object given as an attribute, in which there are attributes alone. */
  readonly isObject?: true;
  /** Whether what it holds stands elsewhere: in another file, or in what an expression is made from. Nothing can be written into it. */
  readonly apart?: true;
}

/** An expression as a small tree. What is not understood is `opaque`: it has a place and no value. */
export type Expression = Literal | Template | Reference | Access | Call | List | HclObject | For | Conditional | Operation | Bound | Opaque;

export interface Literal extends Span {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
}

/** A text with holes: `"${var.name}-logs"`, or a heredoc with interpolation. */
export interface Template extends Span {
  readonly kind: 'template';
  readonly parts: readonly (string | Expression)[];
}

/** `var.name`, `aws_s3_bucket.logs[0].id`. An index that is no literal is `?`; a splat is `*`. */
export interface Reference extends Span {
  readonly kind: 'reference';
  readonly path: readonly string[];
  /** The indices that are no literals, by where they stand in the path. */
  readonly indices?: ReadonlyMap<number, Expression>;
}

/** What is reached from something that is no name: `{…}[var.size]`, `merge(…).zone`, `(…)[*].id`. Steps as in a reference. */
export interface Access extends Span {
  readonly kind: 'access';
  readonly of: Expression;
  readonly path: readonly string[];
  readonly indices?: ReadonlyMap<number, Expression>;
}

export interface Call extends Span {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Expression[];
  /** `f(list...)`: the items of the last argument are arguments. */
  readonly expands?: true;
}

export interface List extends Span {
  readonly kind: 'list';
  readonly items: readonly Expression[];
}

/** Its entries are attributes; an entry whose key is computed has the name `?`, and the key. */
export interface HclObject extends Span {
  readonly kind: 'object';
  /** As of a block. */
  readonly apart?: true;
  readonly entries: readonly Entry[];
}

export interface Entry extends Attribute {
  readonly key?: Expression;
}

/** `[for item in list : …]`, `{ for name, item in map : … => … }`. */
export interface For extends Span {
  readonly kind: 'for';
  readonly over: Expression;
  /** The names of the item and, where it has one, of its key or index. */
  readonly item: string;
  readonly index?: string | undefined;
  /** The key of an entry, where the result is an object. */
  readonly key?: Expression | undefined;
  readonly value: Expression;
  readonly when?: Expression | undefined;
  /** `=> value...`: entries of the same key are gathered in a list. */
  readonly grouped: boolean;
}

export interface Conditional extends Span {
  readonly kind: 'conditional';
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}

/** A unary operation has one operand, a binary one two. */
export interface Operation extends Span {
  readonly kind: 'operation';
  readonly operator: string;
  readonly operands: readonly Expression[];
}

/** An expression in which some names stand for something that only its place decides: an item of a collection that blocks are made from. */
export interface Bound extends Span {
  readonly kind: 'bound';
  readonly of: Expression;
  /** By the first step of a reference; what a name stands for is known to those who made it. */
  readonly names: ReadonlyMap<string, unknown>;
}

export interface Opaque extends Span {
  readonly kind: 'opaque';
}

/**
 * Reads a file in one pass, in time linear in the text. Never throws: a line that is neither attribute nor block is
 * skipped, and a `resource` at the start of a line closes what was left open before it.
 */
export function parseHcl(text: string): Hcl {
  const cursor = new HclCursor(text);
  const { body } = readBody(cursor, false);
  return { text, body, comments: cursor.comments };
}

function readBody(c: HclCursor, nested: boolean): { body: Body; closed: boolean } {
  const start = c.at;
  const attributes: Attribute[] = [];
  const blocks: Block[] = [];
  for (;;) {
    c.blank(true);
    const body = { start, end: c.at, attributes, blocks };
    if (c.next === '' || (nested && c.atTopmost())) return { body, closed: !nested };
    if (c.next === '}' || c.next === ',') {
      c.at++;
      if (nested && c.text[c.at - 1] === '}') return { body, closed: true };
      continue;
    }
    const name = c.word();
    if (name === undefined) c.restOfLine();
    else readStatement(c, name, attributes, blocks);
  }
}

function readStatement(c: HclCursor, name: string, attributes: Attribute[], blocks: Block[]): void {
  const nameSpan = { start: c.at - name.length, end: c.at };
  const { start } = nameSpan;
  c.blank(false);
  if (c.next === '=' && c.text[c.at + 1] !== '=') {
    c.at++;
    const value = c.folding(false, () => readExpression(c));
    attributes.push({ name, nameSpan, value, start, end: value.end });
    c.blank(false);
    if (!'\n},'.includes(c.next) && !c.atTopmost()) c.restOfLine();
    return;
  }
  const labels: string[] = [];
  let end = nameSpan.end;
  let whole = true;
  for (; c.next !== '{'; c.blank(false)) {
    const from = c.at;
    const quoted = c.next === '"' ? readQuoted(c) : undefined;
    const label = quoted ? (quoted.kind === 'literal' ? String(quoted.value) : '?') : c.word();
    if (label === undefined) return c.restOfLine();
    labels.push(label);
    end = c.at;
    whole &&= !quoted || (end > from + 1 && c.text[end - 1] === '"');
  }
  c.at++;
  if (c.depth >= deepest) return c.skipBrackets();
  c.depth++;
  const { body, closed } = readBody(c, true);
  c.depth--;
  blocks.push({ type: name, labels, head: { start, end }, body, closed: whole && closed && body.blocks.every((block) => block.closed), start, end: closed ? c.at : body.end });
}
