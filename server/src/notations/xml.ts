import type { Comment } from '#engine/format.js';
import type { Slot } from '#engine/setting.js';
import { lineEnd, type Edit, type Span } from '#engine/text.js';
import { table } from '#engine/table.js';
import { readTag, readXml, rereadXml, type Green, type RawAttribute } from './xml-reader.js';

/** An element with its place. Namespace prefixes stay part of the name; {@link localName} drops them. */
export interface Element {
  readonly name: string;
  readonly attributes: readonly Attribute[];
  readonly children: readonly Element[];
  readonly parent?: Element;
  /** From `<` of the start tag to `>` of the end tag. */
  readonly span: Span;
  /** The start tag. */
  readonly tag: Span;
  /** Between start and end tag; empty behind a tag that closes itself. */
  readonly content: Span;
  /** `<name/>`. */
  readonly selfClosing: boolean;
  /** Whether all of it is XML: its own end tag closes it, and so it is with every element in it. */
  readonly whole: boolean;
}

export interface Attribute {
  readonly name: string;
  /** With the five predefined entities and character references decoded. */
  readonly value: string;
  readonly span: Span;
  /** Without quotes. */
  readonly valueSpan: Span;
}

/** An XML file. `root` is a nameless element that holds whatever stands at the top. */
export interface Xml {
  readonly text: string;
  readonly root: Element;
  readonly comments: readonly Comment[];
}

/**
 * Reads a file; see {@link readXml} for what becomes of broken ones. No entity but the predefined ones is expanded, no
 * external one is followed. After an edit, only the element it is in is read anew.
 */
export function parseXml(text: string, previous?: Xml): Xml {
  if (previous?.text === text) return previous;
  return new XmlFile(text, previous instanceof XmlFile ? rereadXml(text, previous.green, previous.text) : readXml(text));
}

class XmlFile implements Xml {
  #comments: readonly Comment[] | undefined;
  readonly root: Element;

  constructor(readonly text: string, readonly green: Green) {
    this.root = new Placed(text, green, 0);
  }

  get comments(): readonly Comment[] {
    if (this.#comments) return this.#comments;
    const found: Comment[] = [];
    const stack: { green: Green; at: number }[] = [{ green: this.green, at: 0 }];
    for (let top = stack.pop(); top; top = stack.pop()) {
      const { green, at } = top;
      for (let i = 0; i < green.comments.length; i += 2) {
        const [start, end] = [at + green.comments[i]!, at + green.comments[i + 1]!];
        const inside = this.text.slice(start + 4, end);
        found.push({ start, end, text: inside.endsWith('-->') ? inside.slice(0, -3) : inside });
      }
      green.children.forEach((child, i) => stack.push({ green: child, at: at + green.starts[i]! }));
    }
    return (this.#comments = found.sort((a, b) => a.start - b.start));
  }
}

/** An element at its place, made when it is asked for. */
class Placed implements Element {
  readonly parent?: Element;
  readonly #text: string;
  readonly #green: Green;
  readonly #at: number;
  #children: readonly Element[] | undefined;
  #attributes: readonly Attribute[] | undefined;

  constructor(text: string, green: Green, at: number, parent?: Element) {
    this.#text = text;
    this.#green = green;
    this.#at = at;
    if (parent) this.parent = parent;
  }

  get name(): string {
    return this.#green.name;
  }

  get selfClosing(): boolean {
    return this.#green.selfClosing;
  }

  get whole(): boolean {
    return this.#green.sound;
  }

  get span(): Span {
    return { start: this.#at, end: this.#at + this.#green.length };
  }

  get tag(): Span {
    return { start: this.#at, end: this.#at + this.#green.tagLength };
  }

  get content(): Span {
    const start = this.#at + this.#green.tagLength;
    return { start, end: start + this.#green.contentLength };
  }

  get children(): readonly Element[] {
    return (this.#children ??= this.#green.children.map((child, i) => new Placed(this.#text, child, this.#at + this.#green.starts[i]!, this)));
  }

  get attributes(): readonly Attribute[] {
    if (this.#attributes) return this.#attributes;
    const raw: RawAttribute[] = [];
    if (this.name !== '') readTag(this.#text, this.#at + 1 + this.name.length, raw);
    return (this.#attributes = raw.map(({ name, start, end, valueStart, valueEnd }) => ({
      name, value: decode(this.#text.slice(valueStart, valueEnd)), span: { start, end }, valueSpan: { start: valueStart, end: valueEnd },
    })));
  }
}

const entities: Readonly<Record<string, string>> = table({ lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" });

/** Decodes the predefined entities and character references; anything else stays as it stands. */
export function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (all, hex: string | undefined, decimal: string | undefined, name: string | undefined) =>
    {
    if (name !== undefined) return entities[name] ?? all;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

/** Writes text so that it stands as it is between tags and in attributes. */
export function encode(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => table<Readonly<Record<string, string>>>({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[mark]!);
}

/** The name without its namespace prefix. */
export function localName({ name }: { readonly name: string }): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Whether an element has a local name; most have no prefix, and cost no new string. */
function isNamed({ name: own }: Element, name: string): boolean {
  return own === name || (own.length > name.length
    && own.endsWith(name)
    && own[own.length - name.length - 1] === ':'
    && own.indexOf(':') === own.length - name.length - 1);
}

/** The child elements of one local name. */
export function childrenOf(element: Element | undefined, name: string): readonly Element[] {
  return element?.children.filter((child) => isNamed(child, name)) ?? [];
}

/** The first element down a path of local names. */
export function descend(element: Element | undefined, ...path: readonly string[]): Element | undefined {
  return path.reduce<Element | undefined>((at, name) => at?.children.find((child) => isNamed(child, name)), element);
}

/** Every element of the tree in the order of the file, without recursion. */
export function* everyElement(root: Element): Generator<Element> {
  const stack = [root];
  for (let element = stack.pop(); element; element = stack.pop()) {
    yield element;
    for (let i = element.children.length - 1; i >= 0; i--) stack.push(element.children[i]!);
  }
}

/** The text of an element that holds no others: comments left out, CDATA and entities decoded, white space trimmed. */
export function textOf({ text }: Xml, { content }: Element): string {
  const inside = text.slice(content.start, content.end);
  if (!inside.includes('<')) return decode(inside).trim();
  return inside.split(/(<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->)/).map((part) => (part.startsWith('<![CDATA[')
    ? part.slice(9, -3)
    : part.startsWith('<!--')
    ? ''
    : decode(part))).join('').trim();
}

/** Whether a place could be read: nothing is written into what may be something else than it seems. What stands around it is another's. */
export function isSound(element: Element): boolean {
  return element.whole;
}

export function attributeOf(element: Element, name: string): Attribute | undefined {
  return element.attributes.find((attribute) => localName(attribute) === name);
}

/** The text of a child element. Absent, it is written as the last child, indented as its siblings are. */
export function childSlot(file: Xml, parent: Element, name: string): Slot {
  const child = descend(parent, name);
  if (!child) return { span: parent.tag, write: (raw) => insertion(file, parent, `<${name}>${encode(raw)}</${name}>`) };
  return textSlot(file, child);
}

/** The text of an element. One that holds other elements cannot be known. */
export function textSlot(file: Xml, element: Element): Slot {
  if (element.children.length > 0) return { span: element.tag, obscured: `${element.name} holds other elements where a value is expected`, write: () => [] };
  const raw = textOf(file, element);
  return {
    span: element.span,
    raw,
    write: (wanted) => {
      if (wanted === raw || !isSound(element)) return [];
      if (element.selfClosing) return [{
        ...element.tag, text: `${file.text.slice(element.tag.start, element.tag.end).replace(/\/>$/, '').trimEnd()}>${encode(wanted)}</${element.name}>`,
      }];
      return [{ ...element.content, text: encode(wanted) }];
    },
  };
}

/** An attribute of an element. Absent, it is written behind the name of the element. */
export function attributeSlot(element: Element, name: string): Slot {
  const found = attributeOf(element, name);
  if (found) return { span: found.span, raw: found.value, write: (raw) => (raw === found.value || !isSound(element) ? [] : [{ ...found.valueSpan, text: encode(raw) }]) };
  const at = element.tag.start + 1 + element.name.length;
  return { span: element.tag, write: (raw) => !isSound(element) ? [] : [{ start: at, end: at, text: ` ${name}="${encode(raw)}"` }] };
}

/** The edits that add markup as the last child of an element, on lines of its own where its siblings have theirs, else on their line. */
export function insertion({ text }: Xml, parent: Element, markup: string): readonly Edit[] {
  if (!isSound(parent)) return [];
  const last = parent.children.at(-1);
  const eol = lineEnd(text);
  if (parent.selfClosing) return [{ ...parent.tag, text: `${text.slice(parent.tag.start, parent.tag.end).replace(/\/>$/, '').trimEnd()}>${onOneLine(markup)}</${parent.name}>` }];
  if (last) {
    const indent = indentOf(text, last.span.start);
    const at = last.span.end;
    return [{ start: at, end: at, text: indent === undefined ? onOneLine(markup) : eol + indented(markup, indent, eol) }];
  }
  const own = indentOf(text, parent.span.start);
  const at = parent.content.start;
  if (own === undefined || parent.name === '') return [{ start: at, end: at, text: onOneLine(markup) }];
  const indent = `${own}${own.startsWith('\t') || /\n\t/.test(text) ? '\t' : '  '}`;
  return [{ start: at, end: parent.content.end, text: `${eol}${indented(markup, indent, eol)}${eol}${own}` }];
}

/** Markup without the line ends between its elements. */
function onOneLine(markup: string): string {
  return markup.replace(/>\r?\n[ \t]*</g, '><');
}

function indented(markup: string, indent: string, eol: string): string {
  return markup.split(/\r?\n/).map((line) => indent + line).join(eol);
}

/** The white space in front of an offset when nothing else stands before it on its line. */
function indentOf(text: string, at: number): string | undefined {
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return before.trim() === '' ? before : undefined;
}
