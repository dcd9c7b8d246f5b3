import { indentedPieces, type Embedded } from '#engine/embedded.js';
import type { Place } from './yaml.js';

/**
 * The document that a scalar holds. In a literal block its lines stand as they are, behind an indent; a text in quotes stands for
 * itself as a whole, and so does one that YAML folds, which cannot be written. `undefined` where a template or another file has a say.
 */
export function documentIn(place: Place, name: string): Embedded | undefined {
  const { text, node, span } = place;
  if (text === undefined || node?.kind !== 'scalar') return undefined;
  const { document } = place;
  const file = document.yaml.text;
  const start = document.start + node.start;
  const isLiteral = node.style === 'block' && file[start] === '|' && !place.borrowed && span.start === start && !place.isBroken;
  if (!isLiteral) {
    const whole = { start: 0, end: text.length, at: place.head };
    return { name, text, pieces: [node.style === 'block' ? whole : { ...whole, write: (wanted) => place.put(wanted) }] };
  }
  const lines = linesOf(file, start, document.start + node.end);
  return lines && { name, text: lines.text, pieces: indentedPieces(lines.text, lines.from, lines.indent, (at) => file[at] ?? '') };
}

/** The lines of a literal block without their indent, as the file ends them. */
function linesOf(file: string, start: number, end: number): { readonly text: string; readonly from: number; readonly indent: string } | undefined {
  const body = file.indexOf('\n', start) + 1;
  if (body === 0 || body >= end) return undefined;
  const raw = file.slice(body, end).split('\n');
  const explicit = /^\|[+-]?(\d)/.test(file.slice(start, start + 4));
  const first = raw.find((line) => /\S/.test(line));
  // How far a block is indented that says so itself depends on what holds it.
  if (first === undefined || explicit) return undefined;
  const indent = /^ */.exec(first)![0];
  const text = raw.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.replace(/^ +/, ''))).join('\n');
  const offset = raw[0]!.startsWith(indent) ? indent.length : /^ */.exec(raw[0]!)![0].length;
  return { text, from: body + offset, indent };
}
