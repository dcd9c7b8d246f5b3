import { isMap, isScalar, parseDocument } from 'yaml';
import { apply } from '#engine/text.js';
import { problemOfGlob } from './globs.js';
import { readConfiguration } from './read.js';

/**
 * The text of a configuration file in which a path from the root is of a format (`none` leaves it alone), with everything else as it was.
 * It goes before what the file says of other patterns, as the first that matches decides.
 * @returns a sentence without a full stop where the file cannot be written to
 */
export function withFormat(text: string, path: string, format: string): { readonly text: string } | { readonly problem: string } {
  // Marks of a pattern in a name stand for themselves; any one character is the nearest a pattern can say.
  const pattern = `/${path.replace(/[*?[\]{}()|^!+\\]/g, '?')}`;
  const problem = problemOfGlob(pattern);
  if (problem) return { problem: `This file cannot be named in the configuration: ${problem}` };
  const document = parseDocument(text, { prettyErrors: false, strict: true, logLevel: 'silent', version: '1.2' });
  const root = document.contents as unknown;
  const isEmpty = root === null || (isScalar(root) && root.value === null);
  if (document.errors.length > 0 || !(isEmpty || (isMap(root) && !root.flow))) return { problem: 'The configuration file has a fault: mend it first' };
  const written = isMap(root) ? edited(text, root, pattern, format) : appended(text, pattern, format);
  const says = written !== undefined && readConfiguration(written).configuration.files.some(([glob, name]) => `/${glob}` === pattern && name === format);
  return says ? { text: written } : { problem: 'The list `files` of the configuration is not written line by line: add the file by hand' };
}

function edited(text: string, root: object, pattern: string, format: string): string | undefined {
  const files = isMap(root) ? root.items.find(({ key }) => isScalar(key) && key.value === 'files') : undefined;
  if (!files) return appended(text, pattern, format);
  const { value } = files;
  const key = isScalar(files.key) ? files.key.range ?? undefined : undefined;
  const line = key && text.lastIndexOf('\n', key[0]) + 1;
  if (!isMap(value)) {
    // Nothing but the key: the entry goes below it.
    if (!key || line === undefined || !(value === null || (isScalar(value) && value.value === null))) return undefined;
    const end = text.indexOf('\n', key[0]) < 0 ? text.length : text.indexOf('\n', key[0]);
    const indent = text.slice(line, key[0]);
    return apply(text, [{ start: end, end, text: `${newLine(text)}${indent}  ${spelled(pattern)}: ${format}` }]);
  }
  if (value.flow) return undefined;
  const same = value.items.find((item) => isScalar(item.key) && `/${String(item.key.value).replace(/^\/+/, '')}` === pattern);
  if (same && isScalar(same.value) && same.value.range) return apply(text, [{ start: same.value.range[0], end: same.value.range[1], text: format }]);
  const first = value.items[0]?.key;
  if (!isScalar(first) || !first.range) return undefined;
  const at = first.range[0];
  const indent = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return apply(text, [{ start: at, end: at, text: `${spelled(pattern)}: ${format}${newLine(text)}${indent}` }]);
}

function appended(text: string, pattern: string, format: string): string {
  const end = newLine(text);
  const separated = text === '' || text.endsWith('\n') ? text : `${text}${end}`;
  return `${separated}files:${end}  ${spelled(pattern)}: ${format}${end}`;
}

function newLine(text: string): string {
  return /\r\n/.test(text) ? '\r\n' : '\n';
}

function spelled(pattern: string): string {
  return /^[\w./-]+$/.test(pattern) ? pattern : `'${pattern.replaceAll("'", "''")}'`;
}
