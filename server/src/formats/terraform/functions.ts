import { addressBits } from '#concepts/address-bits.js';
import { entry, fromJson, isWhole, joined, plain, same, spend, textOf, type Scope, type Value } from './values.js';

/** What a function comes to; nothing where its arguments do not tell. */
type Compute = (args: readonly Value[], scope: Scope) => Value | undefined;

const scalar = (value: string | number | boolean): Value => ({ is: 'scalar', text: String(value) });
const list = (items: readonly Value[]): Value => ({ is: 'list', items });
const nothing: Value = { is: 'null' };

/** Passes what it is given on: types and marks make no difference here, and a document written as an object is read like its text. */
const same1: Compute = ([first]) => first;

/** A function of texts that are known. */
const ofTexts = (compute: (...texts: readonly string[]) => string | number | boolean | undefined): Compute => (args) => {
  const texts = args.map(textOf);
  if (!texts.every((text) => text !== undefined)) return undefined;
  const result = compute(...(texts as readonly string[]));
  return result === undefined || Number.isNaN(result) ? undefined : scalar(result);
};

const ofNumbers = (compute: (...numbers: readonly number[]) => number | undefined): Compute => (args) => {
  const numbers = args.map((arg) => Number(textOf(arg) ?? NaN));
  if (numbers.length === 0 || numbers.some(Number.isNaN)) return undefined;
  const result = compute(...numbers);
  return result === undefined || Number.isNaN(result) ? undefined : scalar(result);
};

/** A function of a list of which every item is there, be it known or not. */
const ofList = (compute: (items: readonly Value[], args: readonly Value[]) => Value | undefined): Compute => (args) => (args[0]?.is === 'list' ? compute(args[0].items, args.slice(1)) : undefined);

/** A list of which every item is known as a whole. */
const ofWhole = (compute: (items: readonly Value[], args: readonly Value[]) => Value | undefined): Compute => ofList((items, args) => (items.every(isWhole) ? compute(items, args) : undefined));

function distinct(items: readonly Value[]): readonly Value[] {
  const seen = new Set<string>();
  return items.filter((item) => !isWhole(item) || (seen.size < seen.add(plain(item)).size));
}

/** A set holds each item once, in the order of its texts. */
const toset: Compute = ofList((items) => {
  const once = distinct(items);
  return list(once.every((item) => item.is === 'scalar') ? [...once].sort((a, b) => ((textOf(a) ?? '') < (textOf(b) ?? '') ? -1 : 1)) : once);
});

const numberOf = (value: Value | undefined): number | undefined => {
  const text = textOf(value);
  return text === undefined || !Number.isFinite(Number(text)) ? undefined : Number(text);
};

function flat(items: readonly Value[], depth = 0): readonly Value[] {
  return items.flatMap((item) => (item.is === 'list' && depth < 20 ? flat(item.items, depth + 1) : [item]));
}

/** Entries of later objects replace those of earlier ones. What is not known may replace, and be replaced by, what stands behind it. */
const merge: Compute = (args) => {
  const entries = new Map<string, Value>();
  let rest: string | undefined;
  for (const arg of args) {
    if (arg.is === 'null') continue;
    const because = arg.is === 'object' ? arg.rest : arg.is === 'unknown' ? arg.because : arg.is === 'reference' ? `${arg.path.join('.')} is known only when the plan is carried out` : undefined;
    if (because !== undefined) {
      rest ??= because;
      for (const name of entries.keys()) entries.set(name, { is: 'unknown', because, source: name });
    }
    if (arg.is === 'object') for (const [name, value] of [...arg.entries].reverse()) entries.set(name, arg.through !== undefined && value.through === undefined ? { ...value, through: arg.through } : value);
    else if (because === undefined) return undefined;
  }
  return { is: 'object', entries: [...entries], ...(rest !== undefined && { rest }) };
};

/** The first argument that is not null and not empty. */
const coalesce: Compute = (args) => {
  for (const arg of args) {
    if (arg.is === 'null' || (arg.is === 'scalar' && arg.text === '')) continue;
    return arg.is === 'unknown' || arg.is === 'reference' ? undefined : arg;
  }
  return undefined;
};

/** The first argument that Terraform can evaluate. */
const attempt: Compute = (args) => {
  const found = args.find((arg) => arg.is !== 'unknown' || !arg.fails);
  return found?.is === 'unknown' ? undefined : found;
};

const lookup: Compute = ([of, name, standard]) => {
  const key = textOf(name);
  if (!of || key === undefined || of.is === 'unknown') return undefined;
  const found = entry(of, key);
  if (found) return found;
  return of.is === 'object' && of.rest === undefined ? standard : undefined;
};

/** `%s`, `%d`, `%v`, `%q` with plain arguments; other verbs leave a hole. */
const format: Compute = ([pattern, ...args]) => {
  const text = textOf(pattern);
  if (text === undefined) return undefined;
  let at = 0;
  const pieces: Value[] = [];
  for (const piece of text.split(/(%%|%[^%a-zA-Z]{0,8}[a-zA-Z])/)) {
    if (piece === '%%') pieces.push(scalar('%'));
    else if (/^%[^%]*[a-zA-Z]$/.test(piece)) {
      const arg = args[at++];
      const simple = piece === '%s' || piece === '%d' || piece === '%v';
      pieces.push(simple && arg ? arg : { is: 'unknown', because: 'a value is formatted', source: '…' });
    } else if (piece !== '') pieces.push(scalar(piece));
  }
  return joined(pieces);
};

const contains: Compute = ([of, wanted]) => {
  if (of?.is !== 'list' || !wanted || !isWhole(wanted)) return undefined;
  const answers = of.items.map((item) => same(item, wanted));
  return answers.includes(true) ? scalar(true) : answers.includes(undefined) ? undefined : scalar(false);
};

const length: Compute = ([of]) => {
  if (of?.is === 'scalar') return scalar([...of.text].length);
  if (of?.is === 'list') return of.items.some((item) => item.is === 'unknown') ? undefined : scalar(of.items.length);
  return of?.is === 'object' && of.rest === undefined ? scalar(of.entries.length) : undefined;
};

const range: Compute = (args, scope) => {
  const numbers = args.map(numberOf);
  if (numbers.length === 0 || numbers.some((one) => one === undefined)) return undefined;
  const [start, end] = numbers.length === 1 ? [0, numbers[0]!] : [numbers[0]!, numbers[1]!];
  const step = numbers[2] ?? (end < start ? -1 : 1);
  const count = Math.ceil((end - start) / step);
  if (!(count > 0)) return count <= 0 ? list([]) : undefined;
  return count <= 1024 && spend(scope, count) ? list(Array.from({ length: count }, (_, i) => scalar(start + i * step))) : undefined;
};

const setproduct: Compute = (args, scope) => {
  const lists = args.map((arg) => (arg.is === 'list' ? arg.items : undefined));
  const count = lists.reduce((product, items) => product * (items?.length ?? 0), 1);
  if (lists.length === 0 || lists.some((items) => !items) || count > 2000 || !spend(scope, count * lists.length)) return undefined;
  return list(lists.reduce<readonly (readonly Value[])[]>((all, items) => all.flatMap((before) => items!.map((item) => [...before, item])), [[]]).map(list));
};

/** The entries of an object that is known as to its names. */
const ofObject = (compute: (entries: readonly (readonly [string, Value])[]) => Value): Compute => ([of]) => (of?.is === 'object' && of.rest === undefined ? compute([...of.entries].sort(([a], [b]) => (a < b ? -1 : 1))) : undefined);

/** A block of addresses, its bits with those behind the prefix as they stand. */
function block(text: string): { readonly bits: string; readonly length: number } | undefined {
  const [address, length] = text.split('/');
  const bits = addressBits(address!);
  return bits === undefined || length === undefined || !/^\d{1,3}$/.test(length) || Number(length) > bits.length ? undefined : { bits, length: Number(length) };
}

function inWords(bits: string): string {
  if (bits.length === 32) return bits.match(/.{8}/g)!.map((octet) => Number.parseInt(octet, 2)).join('.');
  return bits.match(/.{16}/g)!.map((group) => Number.parseInt(group, 2).toString(16)).join(':');
}

const cidrsubnet = ofTexts((range, more, number) => {
  const found = block(range!);
  const [added, at] = [Number(more), Number(number)];
  if (!found || !Number.isInteger(added) || added < 0 || !Number.isInteger(at) || at < 0 || found.length + added > found.bits.length || at >= 2 ** added) return undefined;
  const prefix = found.bits.slice(0, found.length) + (added === 0 ? '' : at.toString(2).padStart(added, '0'));
  return `${inWords(prefix.padEnd(found.bits.length, '0'))}/${prefix.length}`;
});

const cidrhost = ofTexts((range, number) => {
  const found = block(range!);
  const [width, at] = [found ? found.bits.length - found.length : 0, Number(number)];
  if (!found || !Number.isInteger(at) || at < 0 || at >= 2 ** width) return undefined;
  return inWords(found.bits.slice(0, found.length) + (width === 0 ? '' : at.toString(2).padStart(width, '0')));
});

/** A text that is replaced everywhere; patterns between slashes are left alone. */
const replace = ofTexts((text, found, by) => (/^\/.*\/$/.test(found!) || found === '' ? undefined : text!.split(found).join(by)));

const trimmed = (pattern: (characters: Set<string>) => (text: string) => string): Compute => ofTexts((text, characters) => pattern(new Set(characters ?? ' \t\r\n'))(text!));
const start = (set: Set<string>) => (text: string) => {
  let at = 0;
  while (at < text.length && set.has(text[at]!)) at++;
  return text.slice(at);
};
const end = (set: Set<string>) => (text: string) => {
  let at = text.length;
  while (at > 0 && set.has(text[at - 1]!)) at--;
  return text.slice(0, at);
};

const sets = (choose: (first: readonly Value[], others: ReadonlySet<string>) => readonly Value[]): Compute => (args) => {
  const all = args.flatMap((arg) => (arg.is === 'list' && arg.items.every(isWhole) ? [arg.items] : []));
  return all.length === args.length && all.length > 0 ? list(choose(all[0]!, new Set(all.slice(1).flat().map(plain)))) : undefined;
};

/** Functions that compute from their arguments alone: developer.hashicorp.com/terraform/language/functions. */
export const functions: ReadonlyMap<string, Compute> = new Map<string, Compute>([
  ...['jsonencode', 'sensitive', 'nonsensitive', 'ephemeralasnull', 'tostring', 'tobool', 'tonumber', 'tomap', 'base64encode'].map((name) => [name, same1] as const),
  ['tolist', ([first]) => (first?.is === 'object' ? undefined : first)],
  ['jsondecode', ([first]) => (first?.is === 'scalar' || first?.is === 'partial' ? fromJson(first.text) : first?.is === 'object' || first?.is === 'list' ? first : undefined)],
  ['toset', toset], ['distinct', ofList((items) => list(distinct(items)))], ['sort', toset], ['reverse', ofList((items) => list([...items].reverse()))],
  ['lower', ofTexts((text) => text!.toLowerCase())], ['upper', ofTexts((text) => text!.toUpperCase())], ['title', ofTexts((text) => text!.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()))],
  ['trimspace', ofTexts((text) => text!.trim())], ['trim', trimmed((set) => (text) => end(set)(start(set)(text)))], ['chomp', ofTexts((text) => text!.replace(/[\r\n]{1,9}$/, ''))],
  ['trimprefix', ofTexts((text, by) => (text!.startsWith(by!) ? text!.slice(by!.length) : text))], ['trimsuffix', ofTexts((text, by) => (by !== '' && text!.endsWith(by!) ? text!.slice(0, -by!.length) : text))],
  ['startswith', ofTexts((text, by) => text!.startsWith(by!))], ['endswith', ofTexts((text, by) => text!.endsWith(by!))], ['strcontains', ofTexts((text, by) => text!.includes(by!))],
  ['replace', replace], ['substr', ofTexts((text, from, count) => text!.slice(Number(from), Number(count) < 0 ? undefined : Number(from) + Number(count)))],
  ['split', ([by, text]) => (textOf(by) !== undefined && textOf(text) !== undefined ? list(textOf(text)!.split(textOf(by)!).map(scalar)) : undefined)],
  ['join', ([by, ...lists]) => {
    const items = flat(lists);
    return by && lists.length > 0 && lists.every((one) => one.is === 'list') ? joined(items.flatMap((item, i) => (i > 0 ? [by, item] : [item]))) : undefined;
  }],
  ['format', format],
  ['formatlist', ([pattern, ...args], scope) => {
    const long = args.find((arg) => arg.is === 'list');
    if (long?.is !== 'list') return undefined;
    return list(long.items.map((_, i) => format([pattern!, ...args.map((arg) => (arg.is === 'list' ? (arg.items[i] ?? nothing) : arg))], scope) ?? nothing));
  }],
  ['concat', (args) => list(args.flatMap((arg) => (arg.is === 'list' ? arg.items : arg.is === 'null' ? [] : [arg])))],
  ['flatten', ofList((items) => list(flat(items)))],
  ['merge', merge], ['coalesce', coalesce], ['try', attempt], ['lookup', lookup], ['contains', contains], ['length', length], ['range', range], ['setproduct', setproduct],
  ['coalescelist', (args) => args.find((arg) => arg.is !== 'list' || arg.items.length > 0)],
  ['can', ([first]) => (first?.is === 'unknown' ? (first.fails ? scalar(false) : undefined) : first && scalar(true))],
  ['compact', ofList((items) => list(items.filter((item) => item.is !== 'null' && textOf(item) !== '')))],
  ['element', ofList((items, [at]) => (numberOf(at) === undefined || items.length === 0 ? undefined : items[((numberOf(at)! % items.length) + items.length) % items.length]))],
  ['slice', ofList((items, [from, to]) => (numberOf(from) === undefined || numberOf(to) === undefined ? undefined : list(items.slice(numberOf(from)!, numberOf(to)!))))],
  ['index', ofWhole((items, [wanted]) => { const at = wanted ? items.findIndex((item) => same(item, wanted)) : -1; return at < 0 ? undefined : scalar(at); })],
  ['one', ofList((items) => (items.length === 0 ? nothing : items.length === 1 ? items[0] : undefined))],
  ['keys', ofObject((entries) => list([...new Set(entries.map(([name]) => name))].map(scalar)))],
  ['values', ofObject((entries) => list(entries.map(([, value]) => value)))],
  ['zipmap', ([names, values]) => (names?.is === 'list' && values?.is === 'list' && names.items.every((name) => name.is === 'scalar')
    ? { is: 'object', entries: names.items.map((name, i) => [textOf(name)!, values.items[i] ?? nothing] as const) } : undefined)],
  ['setunion', sets((first, others) => distinct([...first, ...[...others].map((one) => fromJson(one)!)]))],
  ['setintersection', sets((first, others) => first.filter((item) => others.has(plain(item))))],
  ['setsubtract', sets((first, others) => first.filter((item) => !others.has(plain(item))))],
  ['anytrue', ofWhole((items) => scalar(items.some((item) => textOf(item) === 'true')))], ['alltrue', ofWhole((items) => scalar(items.every((item) => textOf(item) === 'true')))],
  ['sum', ofWhole((items) => ofNumbers((...all) => all.reduce((a, b) => a + b, 0))(items, undefined as never))],
  ['max', ofNumbers((...all) => Math.max(...all))], ['min', ofNumbers((...all) => Math.min(...all))], ['abs', ofNumbers((one) => Math.abs(one!))], ['floor', ofNumbers((one) => Math.floor(one!))], ['ceil', ofNumbers((one) => Math.ceil(one!))],
  ['parseint', ofTexts((text, base) => Number.parseInt(text!, Number(base)))],
  ['cidrsubnet', cidrsubnet], ['cidrhost', cidrhost],
]);
