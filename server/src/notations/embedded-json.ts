import type { Edit, Span } from '#engine/text.js';
import { change, parseJson, placeOf, spanOf, type Json, type JSONPath, type Node } from './json.js';

/** A JSON text inside strings of another JSON file: Azure IoT Edge splits one over several. Places and edits are those of the outer file. */
export interface EmbeddedJson {
  /** The inner text, read; offsets are its own. */
  readonly inner: Json;
  /** The place of an inner node in the outer file: its name and value. */
  place(node: Node): Span;
  /** Whether the inner text stands in one string, so that it can be edited. */
  readonly editable: boolean;
  /** The outer edits that put a value at an inner path, or take it away for `undefined`. */
  change(path: JSONPath, value: unknown): readonly Edit[];
}

/** Reads the JSON that the strings hold one after the other. An object in place of a string is read as it stands. */
export function embedded(outer: Json, parts: readonly Node[], at: JSONPath): EmbeddedJson | undefined {
  const first = parts[0];
  if (!first) return undefined;
  if (first.type === 'object') {
    return { inner: { ...outer, root: first }, place: placeOf, editable: true, change: (path, value) => change(outer, [...at, ...path], value) };
  }
  if (parts.some(({ type }) => type !== 'string')) return undefined;
  const decoded = parts.map((part) => decode(outer.text, part));
  // A string that is broken off or badly escaped does not say where its characters stand.
  if (decoded.some((part) => part.offsets.length !== part.text.length + 1)) return undefined;
  const text = decoded.map((part) => part.text).join('');
  const offsets = decoded.flatMap((part, i) => (i < decoded.length - 1 ? part.offsets.slice(0, -1) : part.offsets));
  const out = ({ start, end }: Span): Span => ({ start: offsets[start] ?? 0, end: offsets[end] ?? 0 });
  const inner = parseJson(text);
  return {
    inner,
    place: (node) => {
      const span = out(placeOf(node));
      return span.end > span.start ? span : spanOf(first);
    },
    editable: parts.length === 1,
    change: (path, value) =>
      parts.length > 1 || outer.broken ? [] : change(inner, path, value, true).map((edit) => ({ ...out(edit), text: JSON.stringify(edit.text).slice(1, -1) })),
  };
}

/** The text a string stands for, and where each of its characters, and its end, stand in the file. */
function decode(file: string, { offset, length, value }: Node): { readonly text: string; readonly offsets: readonly number[] } {
  const offsets: number[] = [];
  const end = offset + length - 1;
  for (let at = offset + 1; at < end;) {
    offsets.push(at);
    at += file[at] === '\\' ? (file[at + 1] === 'u' ? 6 : 2) : 1;
  }
  offsets.push(end);
  return { text: String(value), offsets };
}
