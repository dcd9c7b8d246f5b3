import { indentedPieces, type Embedded, type Piece } from '#engine/embedded.js';
import type { Edit, Span } from '#engine/text.js';
import type { Expression, Hcl } from './hcl.js';

/** A value that an expression comes to, as far as it is known: plain data, with `{ hole }` where nobody can say. */
export type Told = string | number | boolean | null | { readonly hole: string } | { readonly items: readonly Told[] } | { readonly entries: readonly (readonly [name: string, value: Told])[] };

/** The most that is written of one document. */
const longest = 200_000;

/**
 * A document that stands in a file as an expression: an object in JSON, of which every value has its place. `known` says what an
 * expression comes to that is neither object nor list; what nobody can say is left as a hole.
 */
export function documentOf(name: string, expression: Expression, known: (one: Expression) => Told): Embedded | undefined {
  const pieces: Piece[] = [];
  let text = '';
  const put = (said: string, at: Span, write?: (wanted: string) => readonly Edit[]): void => {
    const start = text.length;
    text += said;
    pieces.push({ start, end: text.length, at, ...(write && { write }) });
  };
  const writeTold = (value: Told, at: Span): void => {
    if (value !== null && typeof value === 'object' && 'entries' in value) {
      text += '{';
      value.entries.forEach(([key, one], i) => {
        text += i > 0 ? ', ' : '';
        put(`${JSON.stringify(key)}: `, at);
        writeTold(one, at);
      });
      text += '}';
    } else if (value !== null && typeof value === 'object' && 'items' in value) {
      text += '[';
      value.items.forEach((one, i) => {
        text += i > 0 ? ', ' : '';
        writeTold(one, at);
      });
      text += ']';
    } else put(scalar(value), at);
  };
  const write = (one: Expression): void => {
    const at = { start: one.start, end: one.end };
    if (text.length > longest) return;
    if (one.kind === 'object' && !one.entries.some(({ key }) => key)) {
      text += '{';
      one.entries.forEach((entry, i) => {
        text += i > 0 ? ',\n' : '\n';
        put(`${JSON.stringify(entry.name)}: `, entry.nameSpan);
        write(entry.value);
      });
      text += '\n}';
    } else if (one.kind === 'list') {
      text += '[';
      one.items.forEach((item, i) => {
        text += i > 0 ? ',\n' : '\n';
        write(item);
      });
      text += '\n]';
    } else if (one.kind === 'literal') put(scalar(one.value), at, (wanted) => (isPlain(wanted.trim()) ? [{ ...at, text: wanted.trim() }] : []));
    else writeTold(known(one), at);
  };
  write(expression);
  return text.length > longest ? undefined : { name, text, pieces };
}

function scalar(value: Exclude<Told, { readonly items: unknown } | { readonly entries: unknown }>): string {
  if (value !== null && typeof value === 'object') return `{{ ${value.hole.replace(/[{}\n\r]/g, ' ').slice(0, 100)} }}`;
  // Braces in pairs would be taken for a template.
  return JSON.stringify(value).replace(/\{(?=[{%#])/g, '\\u007b');
}

/** Whether a value of JSON is one of HCL as well. */
const isPlain = (text: string) => /^(?:true|false|-?\d{1,15}|"[^"\\$%\n]{0,200}")$/.test(text);

/** A document that stands in a file as a heredoc, its `${…}` and `%{…}` left as holes of the same length. */
export function heredocDocument(name: string, { text: file }: Hcl, { start, end }: Expression): Embedded | undefined {
  const head = /^<<-?[\w-]{1,100}[ \t]*\r?\n/.exec(file.slice(start, start + 120));
  if (!head) return undefined;
  const from = start + head[0].length;
  const stop = file.lastIndexOf('\n', end - 1) + 1;
  if (stop <= from || stop - from > longest) return undefined;
  const raw = file.slice(from, stop);
  const lines = raw.split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)![0].length);
  const indent = head[0].startsWith('<<-') ? ' '.repeat(indents.reduce((least, one) => Math.min(least, one), 100)) : '';
  const text = lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart())).join('\n');
  return { name, text: holed(text), pieces: indentedPieces(text, from + (lines[0]!.startsWith(indent) ? indent.length : 0), indent, (at) => file[at] ?? '') };
}

function holed(text: string): string {
  return text.replace(/[$%]\{([^{}\n]{1,300})\}/g, (_, inside: string) => `{{${inside.slice(1)}}}`);
}
