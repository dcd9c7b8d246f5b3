import { Attached } from '#engine/attached.js';
import type { Expression } from '#notations/hcl.js';

/** What an expression comes to. Plain data, so that it may travel to the other files of a module. */
export type Value = { readonly through?: string } & (
  | { readonly is: 'null' }
  | { readonly is: 'scalar'; readonly text: string }
  /** A text of which parts are not known; they stand as `${…}` in it. */
  | { readonly is: 'partial'; readonly text: string }
  | { readonly is: 'list'; readonly items: readonly Value[] }
  | { readonly is: 'object'; readonly entries: readonly (readonly [name: string, value: Value])[] }
  /** An attribute of a resource or data source, known when the plan is carried out. */
  | { readonly is: 'reference'; readonly path: readonly string[] }
  /** Nobody can say from here. `source` is the expression as written. */
  | { readonly is: 'unknown'; readonly because: string; readonly source: string }
);

/** What names stand for where an expression is evaluated. */
export interface Scope {
  readonly text: string;
  variable(name: string): Value | undefined;
  local(name: string): Value | undefined;
  /** A data source that a file spells out, as an object. */
  data(type: string, name: string): Value | undefined;
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

/** Whether a value, or any part of it, is not known. */
export function isOpen(value: Value): boolean {
  if (value.is === 'list') return value.items.some(isOpen);
  return value.is === 'unknown';
}

/** Evaluates what can be: literals, variables with defaults, locals, conditions and some functions. */
export function evaluate(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'literal':
      return expression.value === null ? { is: 'null' } : { is: 'scalar', text: String(expression.value) };
    case 'template':
      return joined(expression.parts.map((part) => (typeof part === 'string' ? { is: 'scalar', text: part } : evaluate(part, scope))));
    case 'list':
      return bounded({ is: 'list', items: expression.items.map((item) => evaluate(item, scope)) });
    case 'object':
      return bounded({ is: 'object', entries: expression.entries.map(({ name, value }) => [name, evaluate(value, scope)]) });
    case 'reference':
      return resolve(expression.path, expression, scope);
    case 'call':
      return call(expression, scope);
    case 'conditional': {
      const test = evaluate(expression.test, scope);
      if (test.is !== 'scalar') return unknown(expression, scope, test.is === 'unknown' ? test.because : 'the condition is known only when the plan is carried out');
      return passing(evaluate(test.text === 'true' ? expression.then : expression.otherwise, scope), test);
    }
    case 'operation':
      return operate(expression, scope);
    case 'opaque':
      return unknown(expression, scope, 'the expression is not evaluated');
  }
}

function unknown({ start, end }: Expression, { text }: Scope, because: string): Value {
  return { is: 'unknown', because, source: text.slice(start, Math.min(end, start + 200)) };
}

/** A value that came about through another. */
function passing(value: Value, ...from: readonly Value[]): Value {
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

function joined(parts: readonly Value[]): Value {
  const texts = parts.map(roughly);
  if (texts.reduce((sum, part) => sum + (part?.length ?? 0), 0) > longest) return { is: 'unknown', because: 'the text is too long to be followed', source: '' };
  const text = texts.map((part) => part ?? '${…}').join('');
  return passing(parts.every((part) => part.is === 'scalar') ? { is: 'scalar', text } : { is: 'partial', text }, ...parts);
}

function resolve(path: readonly string[], expression: Expression, scope: Scope): Value {
  const [root, name] = path as [string, string?];
  if (root === 'var' || root === 'local') {
    const value = name === undefined ? undefined : root === 'var' ? scope.variable(name) : scope.local(name);
    if (!value) return unknown(expression, scope, `${root}.${name ?? ''} is not defined in the files at hand`);
    return path.slice(2).reduce<Value>((of, step) => part(of, step, expression, scope), value);
  }
  if (root === 'module') return unknown(expression, scope, `it comes from module ${name ?? ''}`);
  if (root === 'each' || root === 'count') return unknown(expression, scope, `${root}.${name ?? ''} differs for each instance`);
  if (root === 'data' || root.includes('_')) return { is: 'reference', path };
  return unknown(expression, scope, `${path.join('.')} is known only when the plan is carried out`);
}

function part(of: Value, step: string, expression: Expression, scope: Scope): Value {
  const found = of.is === 'object' ? entry(of, step) : of.is === 'list' && /^\d{1,4}$/.test(step) ? of.items[Number(step)] : undefined;
  if (found) return passing(found, of);
  return unknown(expression, scope, of.is === 'unknown' ? of.because : `${step} is not spelled out in it`);
}

function call(expression: Extract<Expression, { kind: 'call' }>, scope: Scope): Value {
  const args = expression.args.map((arg) => evaluate(arg, scope));
  const [first] = args;
  const open = args.find((arg) => arg.is === 'unknown');
  const fail = () => unknown(expression, scope, open?.is === 'unknown' ? open.because : `${expression.name}() is not evaluated`);
  switch (expression.name) {
    // A document written as an object and one written as text are read alike.
    case 'jsonencode':
    case 'jsondecode':
    case 'sensitive':
    case 'nonsensitive':
    case 'tostring':
    case 'tobool':
    case 'tonumber':
    case 'toset':
    case 'tolist':
    case 'tomap':
    case 'base64encode':
    case 'distinct':
    case 'sort':
      return first ?? fail();
    case 'lower':
    case 'upper':
      return first?.is === 'scalar' ? { ...first, text: expression.name === 'lower' ? first.text.toLowerCase() : first.text.toUpperCase() } : fail();
    case 'concat':
    case 'flatten':
      return passing(bounded({ is: 'list', items: args.flatMap((arg) => (arg.is === 'list' ? arg.items : [arg])).flatMap((arg) => (arg.is === 'list' ? arg.items : [arg])) }), ...args);
    case 'merge':
      return args.every((arg) => arg.is === 'object') ? passing(bounded({ is: 'object', entries: args.flatMap((arg) => (arg.is === 'object' ? arg.entries : [])).reverse() }), ...args) : fail();
    case 'join':
      return args[1]?.is === 'list' ? joined(args[1].items.flatMap((item, i) => (i > 0 && first ? [first, item] : [item]))) : fail();
    case 'format':
      return first?.is === 'scalar' ? passing({ is: 'partial', text: first.text.replace(/%[a-z]/g, '${…}') }, ...args) : fail();
    case 'coalesce':
    case 'try':
      return first && first.is !== 'unknown' && first.is !== 'null' && first.is !== 'reference' ? first : fail();
    default:
      return fail();
  }
}

function operate(expression: Extract<Expression, { kind: 'operation' }>, scope: Scope): Value {
  const operands = expression.operands.map((operand) => evaluate(operand, scope));
  const [left, right] = operands.map((operand) => (operand.is === 'null' ? 'null' : textOf(operand)));
  const say = (value: boolean): Value => passing({ is: 'scalar', text: String(value) }, ...operands);
  if (left !== undefined && operands.length === 1 && expression.operator === '!') return say(left !== 'true');
  if (left !== undefined && right !== undefined) {
    if (expression.operator === '==') return say(left === right);
    if (expression.operator === '!=') return say(left !== right);
    if (expression.operator === '&&') return say(left === 'true' && right === 'true');
    if (expression.operator === '||') return say(left === 'true' || right === 'true');
  }
  const open = operands.find((operand) => operand.is === 'unknown');
  return unknown(expression, scope, open?.is === 'unknown' ? open.because : 'the expression is not evaluated');
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
