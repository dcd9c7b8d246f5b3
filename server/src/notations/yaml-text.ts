/** What can be written: a scalar as the product reads it, text that must stay text, or a structure of them. */
export type Value = Scalar | readonly Value[] | { readonly [key: string]: Value };

export type Scalar = string | Text;

/** Text for a product that minds types: `true` or `80` are written in quotes, so that they are not read as something else. */
export class Text {
  constructor(readonly text: string) {}
}

/** Whether a value is written as a scalar. */
export const isScalar = (value: Value): value is Scalar => typeof value === 'string' || value instanceof Text;

/** What every reader of YAML, old or new, takes for text. */
const isText = (raw: string) => !/^([-+.]?[\d.]|(true|false|yes|no|on|off|y|n|null)$)/i.test(raw);

/** A scalar as text of a block document: plain where that reads back as the same text, else in quotes. */
export function printScalar(value: Scalar, before = ''): string {
  const raw = typeof value === 'string' ? value : value.text;
  const mark = before[0];
  if (mark === "'" && !/[\n\r]/.test(raw)) return `'${raw.replaceAll("'", "''")}'`;
  if (mark === '"') return JSON.stringify(raw);
  if (isPlain(raw) && (typeof value === 'string' || isText(raw))) return raw;
  return /["'\\\u0000-\u001f\u007f-\u009f]/.test(raw) ? JSON.stringify(raw) : `"${raw}"`;
}

/** A scalar as text of a flow document; of JSON, where everything but numbers, booleans and null is quoted. */
export function printFlowScalar(value: Scalar, json: boolean, before = ''): string {
  const raw = typeof value === 'string' ? value : value.text;
  if (json) return before[0] === '"' || typeof value !== 'string' || !/^(true|false|null|-?(0|[1-9]\d*)(\.\d+)?)$/.test(raw) ? JSON.stringify(raw) : raw;
  return before === '' && /[,[\]{}]/.test(raw) ? JSON.stringify(raw) : printScalar(value, before);
}

/** Whether a text stands for itself without quotes, in block and with every reader's idea of words. */
function isPlain(raw: string): boolean {
  return (
    raw !== '' && raw !== '~' && !/^null$/i.test(raw) && raw === raw.trim() &&
    !/[\n\r\t\u0000-\u001f\u007f-\u009f\ufeff]/.test(raw) &&
    !/^[!&*#|>@`"'%,[\]{}]/.test(raw) && !/^[-?:](\s|$)/.test(raw) && !/^(---|\.\.\.)/.test(raw) &&
    !/:(\s|$)|\s#|:$/.test(raw) && !raw.includes('{{') && !raw.includes('{%') && !raw.includes('{#')
  );
}

/** The lines of a value that stands under a key, indented, with the key; the first line is not indented. */
export function printPair(key: string, value: Value, indent: number, step: number): readonly string[] {
  const name = printScalar(key);
  if (isScalar(value)) return [`${name}: ${printScalar(value)}`];
  const children = printBlock(value, indent + step, step);
  return children.length === 0 ? [`${name}: ${Array.isArray(value) ? '[]' : '{}'}`] : [`${name}:`, ...children];
}

/** The lines of a map or list, every one indented. */
export function printBlock(value: Value, indent: number, step: number): readonly string[] {
  const pad = ' '.repeat(indent);
  if (isScalar(value)) return [pad + printScalar(value)];
  if (Array.isArray(value)) return (value as readonly Value[]).flatMap((item) => printItem(item, indent, step).map((line, i) => (i === 0 ? pad + line : line)));
  return Object.entries(value).flatMap(([key, child]) => printPair(key, child, indent, step).map((line, i) => (i === 0 ? pad + line : line)));
}

/** The lines of one item of a list; the first begins with its dash and is not indented. */
export function printItem(value: Value, indent: number, step: number): readonly string[] {
  if (isScalar(value)) return [`- ${printScalar(value)}`];
  const [first, ...rest] = printBlock(value, indent + 2, step);
  return first === undefined ? [`- ${Array.isArray(value) ? '[]' : '{}'}`] : [`- ${first.trimStart()}`, ...rest];
}

/** A value on one line: `{ a: b }`, or JSON. */
export function printFlow(value: Value, json: boolean): string {
  if (isScalar(value)) return printFlowScalar(value, json);
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map((item) => printFlow(item, json)).join(', ')}]`;
  const pairs = Object.entries(value).map(([key, child]) => `${json ? JSON.stringify(key) : printFlowScalar(key, false)}: ${printFlow(child, json)}`);
  return pairs.length === 0 ? '{}' : json ? `{${pairs.join(', ')}}` : `{ ${pairs.join(', ')} }`;
}
