import type { Call, Expression, For, Operation } from '#notations/hcl.js';
import { functions } from './functions.js';
import { bounded, joined, part, passing, same, sizeOf, spend, textOf, type Scope, type Unknown, type Value } from './values.js';

/** Evaluates what can be: literals, variables, locals, conditions, loops over what is known, and functions that only compute. */
export function evaluate(expression: Expression, scope: Scope): Value {
  if (scope.names !== undefined && !spend(scope, 1)) return unknown(expression, scope, tooMuch);
  switch (expression.kind) {
    case 'literal':
      return expression.value === null ? { is: 'null' } : { is: 'scalar', text: String(expression.value) };
    case 'template':
      return joined(expression.parts.map((piece) => (typeof piece === 'string' ? { is: 'scalar', text: piece } : evaluate(piece, scope))));
    case 'list':
      return bounded({ is: 'list', items: expression.items.map((item) => evaluate(item, scope)) });
    case 'object':
      return object(expression, scope);
    case 'reference':
      return resolve(expression, scope);
    case 'access':
      return steps(evaluate(expression.of, scope), expression, 0, scope);
    case 'call':
      return call(expression, scope);
    case 'for':
      return loop(expression, scope);
    case 'conditional':
      return conditional(expression, scope);
    case 'operation':
      return operate(expression, scope);
    case 'bound':
      return evaluate(expression.of, withNames(scope, expression.names as ReadonlyMap<string, Value>));
    case 'opaque':
      return unknown(expression, scope, 'the expression is not evaluated');
  }
}

const tooMuch = 'the file computes more than is followed';

/** A scope in which more names stand for something. */
export function withNames(scope: Scope, names: ReadonlyMap<string, Value>): Scope {
  return { ...scope, names: scope.names === undefined ? names : new Map([...scope.names, ...names]) };
}

function unknown(expression: Expression, scope: Scope, because: string): Unknown {
  return { is: 'unknown', because, source: sourceOf(expression, scope) };
}

function sourceOf({ start, end }: Expression, { text }: Scope): string {
  return text.slice(start, Math.min(end, start + 200));
}

function object(expression: Extract<Expression, { kind: 'object' }>, scope: Scope): Value {
  const entries: [string, Value][] = [];
  let rest: string | undefined;
  for (const { name, key, value } of expression.entries) {
    const named = key ? textOf(evaluate(key, scope)) : name;
    if (named === undefined) rest = 'a name in the object is computed';
    entries.push([named ?? '?', evaluate(value, scope)]);
  }
  return bounded({ is: 'object', entries, ...(rest !== undefined && { rest }) });
}

function conditional({ test, then, otherwise, ...span }: Extract<Expression, { kind: 'conditional' }>, scope: Scope): Value {
  const decided = evaluate(test, scope);
  if (decided.is === 'scalar') return passing(evaluate(decided.text === 'true' ? then : otherwise, scope), decided);
  const [yes, no] = [evaluate(then, scope), evaluate(otherwise, scope)];
  if (same(yes, no)) return yes;
  return unknown({ ...span, kind: 'opaque' }, scope, decided.is === 'unknown' ? decided.because : 'the condition is known only when the plan is carried out');
}

function resolve(expression: Extract<Expression, { kind: 'reference' }>, scope: Scope): Value {
  const { path } = expression;
  const [root, name] = path as [string, string?];
  const own = scope.names?.get(root);
  if (own) return steps(own, expression, 1, scope);
  if (root === 'var' || root === 'local') {
    const value = name === undefined ? undefined : root === 'var' ? scope.variable(name) : scope.local(name);
    if (!value) return unknown(expression, scope, `${root}.${name ?? ''} is not defined in the files at hand`);
    return steps(value, expression, 2, scope);
  }
  const given = root === 'module' && name !== undefined ? scope.output?.(name, path.slice(2)) : undefined;
  if (given) return steps(given.value, expression, 2 + given.taken, scope);
  if (root === 'module') return unknown(expression, scope, `it comes from module ${name ?? ''}`);
  if (root === 'each' || root === 'count') return unknown(expression, scope, `${root}.${name ?? ''} differs for each instance`);
  if (root === 'data' && name !== undefined && handsOn.has(name)) return unknown(expression, scope, `${path.join('.')} is known only when the plan is carried out`);
  if (root === 'data' || root.includes('_')) return { is: 'reference', path };
  return unknown(expression, scope, `${path.join('.')} is known only when the plan is carried out`);
}

/** Data sources that hand on whatever somebody else wrote, where others tell the attributes of what there is. */
const handsOn: ReadonlySet<string> = new Set(['external', 'http', 'local_file', 'terraform_remote_state']);

/** Follows the steps of a path from one of them on; a splat takes the rest of the path in each item. */
function steps(of: Value, expression: Extract<Expression, { kind: 'reference' | 'access' }>, from: number, scope: Scope): Value {
  const { path, indices } = expression;
  let value = of;
  for (let at = from; at < path.length; at++) {
    if (path[at] === '*') {
      if (value.is === 'reference') return { ...value, path: [...value.path, ...path.slice(at)] };
      if (value.is === 'unknown') return value;
      const items = value.is === 'list' ? value.items : value.is === 'null' ? [] : [value];
      return spend(scope, items.length) ? passing(bounded({ is: 'list', items: items.map((item) => steps(item, expression, at + 1, scope)) }), value) : unknown(expression, scope, tooMuch);
    }
    const index = indices?.get(at);
    const step = index ? evaluate(index, scope) : undefined;
    const text = step ? textOf(step) : path[at]!;
    if (text === undefined && value.is !== 'reference') return unknown(expression, scope, step?.is === 'unknown' ? step.because : 'the index is known only when the plan is carried out');
    const next = part(value, text ?? '?', sourceOf(expression, scope));
    value = step ? passing(next, step) : next;
  }
  return value;
}

/** The items of a collection with their keys: names of an object, positions in a list. */
export function pairs(collection: Value): readonly (readonly [key: Value, value: Value])[] | undefined {
  if (collection.is === 'list') return collection.items.map((item, i) => [{ is: 'scalar', text: String(i) }, item] as const);
  if (collection.is === 'object' && collection.rest === undefined) return collection.entries.map(([name, value]) => [{ is: 'scalar', text: name }, value] as const);
  return undefined;
}

function loop(expression: For, scope: Scope): Value {
  const over = evaluate(expression.over, scope);
  const all = pairs(over);
  if (!all) return unknown(expression, scope, over.is === 'unknown' ? over.because : over.is === 'object' ? over.rest! : 'the collection is known only when the plan is carried out');
  const items: Value[] = [];
  const entries = new Map<string, Value>();
  for (const [index, item] of all) {
    const names = new Map([[expression.item, item]]);
    if (expression.index !== undefined) names.set(expression.index, index);
    const inner = withNames(scope, names);
    const wanted = expression.when ? evaluate(expression.when, inner) : undefined;
    if (wanted && wanted.is !== 'scalar') return unknown(expression, scope, wanted.is === 'unknown' ? wanted.because : 'the condition is known only when the plan is carried out');
    if (wanted && wanted.text !== 'true') continue;
    const value = evaluate(expression.value, inner);
    if (!expression.key) {
      items.push(value);
      continue;
    }
    const key = evaluate(expression.key, inner);
    if (key.is !== 'scalar') return unknown(expression, scope, key.is === 'unknown' ? key.because : 'a name is known only when the plan is carried out');
    const before = expression.grouped ? entries.get(key.text) : undefined;
    entries.set(key.text, expression.grouped ? { is: 'list', items: [...(before?.is === 'list' ? before.items : []), value] } : value);
  }
  if (scope.fuel.left <= 0) return unknown(expression, scope, tooMuch);
  return passing(bounded(expression.key ? { is: 'object', entries: [...entries] } : { is: 'list', items }), over);
}

function call(expression: Call, scope: Scope): Value {
  const plainArgs = expression.args.map((arg) => evaluate(arg, scope));
  const last = plainArgs.at(-1);
  const args = expression.expands && last?.is === 'list' ? [...plainArgs.slice(0, -1), ...last.items] : plainArgs;
  const open = args.find((arg): arg is Unknown => arg.is === 'unknown');
  if (expression.expands && last?.is !== 'list') return unknown(expression, scope, open?.because ?? 'the arguments are made from an expression');
  const compute = functions.get(expression.name);
  const size = args.reduce((sum, arg) => sum + sizeOf(arg), 0);
  if (size > 50 && !spend(scope, size)) return unknown(expression, scope, tooMuch);
  const value = compute?.(args, scope);
  if (value) return passing(bounded(value), ...args);
  return unknown(expression, scope, open?.because ?? `${expression.name}() is not evaluated`);
}

function operate(expression: Operation, scope: Scope): Value {
  const { operator } = expression;
  const operands = expression.operands.map((operand) => evaluate(operand, scope));
  const [a, b] = operands as [Value, Value?];
  const say = (value: boolean | number): Value => passing({ is: 'scalar', text: String(value) }, ...operands);
  const fail = (): Value => {
    const open = operands.find((operand): operand is Unknown => operand.is === 'unknown');
    return unknown(expression, scope, open?.because ?? 'the expression is not evaluated');
  };
  if (!b) {
    const text = textOf(a);
    if (text === undefined) return fail();
    return operator === '!' ? say(text !== 'true') : say(-Number(text));
  }
  if (operator === '==' || operator === '!=') {
    // Something that is there is not null, whatever it comes to.
    const equal = same(a, b) ?? (a.is === 'null' || b.is === 'null' ? known(a) && known(b) ? false : undefined : undefined);
    return equal === undefined ? fail() : say(operator === '==' ? equal : !equal);
  }
  if (operator === '&&' || operator === '||') {
    const decides = operator === '||' ? 'true' : 'false';
    const decided = operands.find((operand) => textOf(operand) === decides);
    if (decided) return passing({ is: 'scalar', text: decides }, decided);
    return textOf(a) === undefined || textOf(b) === undefined ? fail() : say(decides === 'false');
  }
  const [x, y] = [Number(textOf(a) ?? NaN), Number(textOf(b) ?? NaN)];
  const result = arithmetic(operator, x, y);
  return Number.isNaN(x) || Number.isNaN(y) || Number.isNaN(result) ? fail() : say(result);
}

const known = (value: Value) => value.is !== 'unknown' && value.is !== 'reference';

function arithmetic(operator: string, x: number, y: number): number | boolean {
  switch (operator) {
    case '<': return x < y;
    case '>': return x > y;
    case '<=': return x <= y;
    case '>=': return x >= y;
    case '+': return x + y;
    case '-': return x - y;
    case '*': return x * y;
    case '/': return y === 0 ? NaN : x / y;
    default: return y === 0 ? NaN : x % y;
  }
}
