import { lineEnd } from '#engine/text.js';
import { placeAt, type Place } from '#configuration/place.js';
import { alternatives, schemasAt } from '#configuration/schema-walk.js';
import type { Schema } from '#configuration/schema.js';
import { choice, placeholder, verbatim, type Completion } from './completion.js';

/** More words than this are not offered in the middle of a line that is being inserted. */
const fewWords = 8;

/** What may stand at an offset of a `.hipaa-lint.yaml`, in the order of its schema, whether or not the file is YAML as it is. */
export function configurationCompletions(text: string, offset: number): readonly Completion[] {
  const place = placeAt(text, offset);
  if (!place) return [];
  const { kind, isKey, path } = place;
  const found = schemasAt(path).flatMap((schema) => {
    const values = isKey ? [] : valuesOf(schema, place);
    return kind === 'value' ? values : [...entriesOf(schema, place), ...itemsOf(schema, place), ...values];
  });
  const end = lineEnd(text);
  return found.map((one) => ({ ...one, text: one.text.replaceAll('\n', end), snippet: one.snippet.replaceAll('\n', end) }));
}

/** A phrase for what a value may be: `default 14, 8 to 64`. */
export function limitsOf({ default: value, minimum, maximum }: Schema): string | undefined {
  const range = minimum !== undefined && maximum !== undefined ? `${minimum} to ${maximum}` : undefined;
  return [value === undefined ? undefined : `default ${value}`, range].filter(Boolean).join(', ') || undefined;
}

/** The values an enumeration names, each once: a version is listed as a word and as a number. */
export function wordsOf(schema: Schema): readonly string[] {
  return [...new Set((schema.enum ?? []).map(String))];
}

function entriesOf(schema: Schema, place: Place): readonly Completion[] {
  return Object.entries(schema.properties ?? {}).filter(([name]) => !place.others.has(name)).map(([name, value]) => {
    const written = place.isKey ? { text: name, snippet: verbatim(name) } : entry(name, value, place.column, 1);
    return { label: name, kind: 'key', span: place.word, ...about(value.description, limitsOf(value)), ...written };
  });
}

function itemsOf({ items, description }: Schema, { word, column, isKey }: Place): readonly Completion[] {
  if (!items?.properties || isKey) return [];
  return [{ label: `- ${(items.required ?? []).join(', ')}`, kind: 'key', span: word, ...about(description), ...item(items, column) }];
}

function valuesOf(schema: Schema, { word, isTight }: Place): readonly Completion[] {
  const words = schema.enum ? wordsOf(schema) : schema.default === undefined ? [] : [String(schema.default)];
  return words.map((value) => {
    const text = (isTight ? ' ' : '') + value;
    const meaning = schema.enumDescriptions?.[schema.enum!.indexOf(value)] ?? schema.description;
    const detail = value === String(schema.default) ? 'default' : undefined;
    return { label: value, kind: 'value', span: word, ...about(meaning, detail), text, snippet: verbatim(text) };
  });
}

interface Written {
  readonly text: string;
  readonly snippet: string;
}

/** A key with what stands behind it: its default, a choice, or the beginning of what is in it. */
function entry(name: string, schema: Schema, column: number, nth: number): Written {
  const [first = schema] = alternatives(schema);
  const key = `${name}:`;
  const below = `${key}\n${' '.repeat(column + 2)}`;
  if (first.items?.properties) {
    const { text, snippet } = item(first.items, column + 2);
    return { text: below + text, snippet: verbatim(below) + snippet };
  }
  if (first.properties || first.additionalProperties) return { text: below, snippet: verbatim(below) };
  const words = wordsOf(first);
  const value = String(first.default ?? '');
  const ordered = [...words.filter((word) => word === value), ...words.filter((word) => word !== value)];
  const filled = words.length > 0 && words.length <= fewWords ? choice(nth, ordered) : placeholder(nth, value);
  return { text: `${key} ${value}`, snippet: `${verbatim(key)} ${filled}` };
}

/** An item that is a map, with every key it must have. */
function item({ required = [], properties = {} }: Schema, column: number): Written {
  const entries = required.map((name, nth) => entry(name, properties[name]!, column + 2, nth + 1));
  const joined = (lines: readonly string[]) => `- ${lines.join(`\n${' '.repeat(column + 2)}`)}`;
  return { text: joined(entries.map(({ text }) => text)), snippet: joined(entries.map(({ snippet }) => snippet)) };
}

function about(explanation: string | undefined, detail?: string): Pick<Completion, 'explanation' | 'detail'> {
  return { ...(explanation !== undefined && { explanation }), ...(detail !== undefined && { detail }) };
}
