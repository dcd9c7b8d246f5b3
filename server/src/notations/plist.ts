import type { Slot } from '#engine/setting.js';
import { lineEnd, type Edit, type Span } from '#engine/text.js';
import { removal } from './directives.js';
import { descend, encode, insertion, isSound, parseXml, textOf, type Element, type Xml } from './xml.js';

/** An Apple property list in XML. */
export interface Plist extends Xml {
  /** The value at the top, usually a dictionary. */
  readonly top?: Value;
}

/** A value of a property list. Scalars carry their text: `true`, `5`, `some words`. */
export type Value = Dictionary | List | Scalar;

export interface Dictionary {
  readonly kind: 'dict';
  readonly element: Element;
  readonly entries: ReadonlyMap<string, Entry>;
}

export interface Entry {
  readonly key: string;
  /** From `<key>` to the end of the value. */
  readonly span: Span;
  readonly value: Value;
}

export interface List {
  readonly kind: 'array';
  readonly element: Element;
  readonly values: readonly Value[];
}

export interface Scalar {
  readonly kind: 'string' | 'integer' | 'real' | 'date' | 'data' | 'boolean';
  readonly element: Element;
  readonly text: string;
}

/** Levels of nesting that are read; a profile has about six. */
const deepest = 100;

/** Reads a property list; what is not one has no `top`. A binary or signed file is not XML and reads as nothing. */
export function parsePlist(text: string): Plist {
  const xml = parseXml(text);
  const first = descend(xml.root, 'plist')?.children[0];
  const top = first && valueOf(xml, first, 0);
  return top ? { text: xml.text, root: xml.root, get comments() { return xml.comments; }, top } : xml;
}

function valueOf(xml: Xml, element: Element, depth: number): Value | undefined {
  if (depth > deepest) return undefined;
  switch (element.name) {
    case 'dict': {
      const entries = new Map<string, Entry>();
      for (let i = 0; i + 1 < element.children.length; i++) {
        const [key, held] = [element.children[i]!, element.children[i + 1]!];
        if (key.name !== 'key' || held.name === 'key') continue;
        const value = valueOf(xml, held, depth + 1);
        const name = textOf(xml, key);
        if (value) entries.set(name, { key: name, span: { start: key.span.start, end: held.span.end }, value });
        i++;
      }
      return { kind: 'dict', element, entries };
    }
    case 'array':
      return { kind: 'array', element, values: element.children.flatMap((child) => valueOf(xml, child, depth + 1) ?? []) };
    case 'true':
    case 'false':
      return { kind: 'boolean', element, text: element.name };
    case 'string':
    case 'integer':
    case 'real':
    case 'date':
    case 'data':
      return { kind: element.name, element, text: textOf(xml, element) };
    default:
      return undefined;
  }
}

/** The scalar under a key of a dictionary. Absent, it is written as the last pair. */
export function slot(file: Plist, dictionary: Dictionary, key: string, kind: Scalar['kind']): Slot {
  const entry = dictionary.entries.get(key);
  if (!entry) return { span: dictionary.element.tag, write: (raw) => pairBelow(file, dictionary, `<key>${encode(key)}</key>`, markup(kind, raw)) };
  const { value, span } = entry;
  if (value.kind === 'dict' || value.kind === 'array') return { span, obscured: `${key} holds a list where one value is expected`, write: () => [] };
  return { span, raw: value.text, write: (raw) => (raw === value.text || !isSound(value.element) ? [] : [{ ...value.element.span, text: markup(kind, raw) }]) };
}

/** The edit that adds a pair behind the last one, on a line of its own where that has one for key and value together. */
function pairBelow(file: Plist, dictionary: Dictionary, key: string, value: string): readonly Edit[] {
  const last = [...dictionary.entries.values()].at(-1);
  const line = last && file.text.slice(file.text.lastIndexOf('\n', last.span.start - 1) + 1, last.span.end);
  const indent = line === undefined ? undefined : /^[ \t]*(?=<key>)/.exec(line)?.[0];
  const isLast = last && !file.text.slice(last.span.end, dictionary.element.content.end).includes('<');
  if (last && isLast && indent !== undefined && !line!.includes('\n')) return [{ start: last.span.end, end: last.span.end, text: lineEnd(file.text) + indent + key + value }];
  return insertion(file, dictionary.element, `${key}\n${value}`);
}

function markup(kind: Scalar['kind'], raw: string): string {
  return kind === 'boolean' ? `<${raw === 'true' ? 'true' : 'false'}/>` : `<${kind}>${encode(raw)}</${kind}>`;
}

/** The edit that takes a key and its value away. */
export function withoutEntry({ text }: Plist, { span }: Entry): Edit {
  return removal(text, span);
}
