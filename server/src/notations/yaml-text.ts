/** What can be written: a scalar as the product reads it, or a structure of them. */
export type Value = string | readonly Value[] | { readonly [key: string]: Value };

/** A scalar as text of a block document: plain where that reads back as the same text, else in quotes. */
export function printScalar(raw: string, before = ''): string {
  const mark = before[0];
  if (mark === "'" && !/[\n\r]/.test(raw)) return `'${raw.replaceAll("'", "''")}'`;
  if (mark === '"') return JSON.stringify(raw);
  if (isPlain(raw)) return raw;
  return /["'\\\u0000-\u001f\u007f-\u009f]/.test(raw) ? JSON.stringify(raw) : `"${raw}"`;
}

/** A scalar as text of a flow document; of JSON, where everything but numbers, booleans and null is quoted. */
export function printFlowScalar(raw: string, json: boolean, before = ''): string {
  if (json) return before[0] === '"' || !/^(true|false|null|-?(0|[1-9]\d*)(\.\d+)?)$/.test(raw) ? JSON.stringify(raw) : raw;
  return before === '' && /[,[\]{}]/.test(raw) ? JSON.stringify(raw) : printScalar(raw, before);
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
  if (typeof value === 'string') return [`${name}: ${printScalar(value)}`];
  const children = printBlock(value, indent + step, step);
  return children.length === 0 ? [`${name}: ${Array.isArray(value) ? '[]' : '{}'}`] : [`${name}:`, ...children];
}

/** The lines of a map or list, every one indented. */
export function printBlock(value: Value, indent: number, step: number): readonly string[] {
  const pad = ' '.repeat(indent);
  if (typeof value === 'string') return [pad + printScalar(value)];
  if (Array.isArray(value)) return (value as readonly Value[]).flatMap((item) => printItem(item, indent, step).map((line, i) => (i === 0 ? pad + line : line)));
  return Object.entries(value).flatMap(([key, child]) => printPair(key, child, indent, step).map((line, i) => (i === 0 ? pad + line : line)));
}

/** The lines of one item of a list; the first begins with its dash and is not indented. */
export function printItem(value: Value, indent: number, step: number): readonly string[] {
  if (typeof value === 'string') return [`- ${printScalar(value)}`];
  const [first, ...rest] = printBlock(value, indent + 2, step);
  return first === undefined ? [`- ${Array.isArray(value) ? '[]' : '{}'}`] : [`- ${first.trimStart()}`, ...rest];
}

/** A value on one line: `{ a: b }`, or JSON. */
export function printFlow(value: Value, json: boolean): string {
  if (typeof value === 'string') return printFlowScalar(value, json);
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map((item) => printFlow(item, json)).join(', ')}]`;
  const pairs = Object.entries(value).map(([key, child]) => `${json ? JSON.stringify(key) : printFlowScalar(key, false)}: ${printFlow(child, json)}`);
  return pairs.length === 0 ? '{}' : json ? `{${pairs.join(', ')}}` : `{ ${pairs.join(', ')} }`;
}
