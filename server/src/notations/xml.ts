import type { Comment } from '#engine/format.js';
import type { Slot } from '#engine/setting.js';
import { lineEnd, type Edit, type Span } from '#engine/text.js';

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

interface Open {
  name: string;
  attributes: Attribute[];
  children: Open[];
  parent?: Open;
  span: { start: number; end: number };
  tag: { start: number; end: number };
  content: { start: number; end: number };
  selfClosing: boolean;
}

/**
 * Reads a file in one pass, without recursion. An end tag closes the nearest open element of its name; one that
 * matches nothing is skipped; what stays open ends with its parent. No entity but the predefined ones is expanded, no
 * external one is followed.
 */
export function parseXml(text: string): Xml {
  const comments: Comment[] = [];
  const root = open('', 0, 0, undefined);
  const openNames = new Map<string, number>();
  let current = root;
  const close = (element: Open, contentEnd: number, end: number) => {
    element.content.end = contentEnd;
    element.span.end = end;
    openNames.set(element.name, (openNames.get(element.name) ?? 1) - 1);
    current = element.parent ?? root;
  };
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    if (text.startsWith('<!--', at)) {
      const stop = text.indexOf('-->', at + 4);
      const end = stop < 0 ? text.length : stop + 3;
      comments.push({ start: at, end, text: text.slice(at + 4, stop < 0 ? end : stop) });
      at = end;
    } else if (text.startsWith('<![CDATA[', at)) at = after(text, ']]>', at);
    else if (text.startsWith('<?', at)) at = after(text, '?>', at);
    else if (text.startsWith('<!', at)) at = doctypeEnd(text, at);
    else if (text[at + 1] === '/') {
      const end = after(text, '>', at);
      const name = text.slice(at + 2, end - 1).trim();
      if (openNames.get(name)) {
        while (current.name !== name) close(current, at, at);
        close(current, at, end);
      }
      at = end;
    } else {
      const element = readTag(text, at, current);
      if (!element) at++;
      else {
        current.children.push(element);
        at = element.tag.end;
        if (!element.selfClosing) {
          openNames.set(element.name, (openNames.get(element.name) ?? 0) + 1);
          current = element;
        }
      }
    }
  }
  while (current !== root) close(current, text.length, text.length);
  root.content.end = root.span.end = text.length;
  return { text, root: root as Element, comments };
}

function open(name: string, start: number, tagEnd: number, parent: Open | undefined): Open {
  return { name, attributes: [], children: [], ...(parent && { parent }), span: { start, end: tagEnd }, tag: { start, end: tagEnd }, content: { start: tagEnd, end: tagEnd }, selfClosing: false };
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

function doctypeEnd(text: string, from: number): number {
  let inside = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '[') inside++;
    else if (text[at] === ']') inside--;
    else if (text[at] === '>' && inside <= 0) return at + 1;
  }
  return text.length;
}

const nameEnd = /[\s/>=<]/;

function readTag(text: string, start: number, parent: Open): Open | undefined {
  let at = start + 1;
  while (at < text.length && !nameEnd.test(text[at]!)) at++;
  if (at === start + 1) return undefined;
  const element = open(text.slice(start + 1, at), start, at, parent);
  while (at < text.length && text[at] !== '>' && text[at] !== '<') {
    if (text[at] === '/' && text[at + 1] === '>') {
      element.selfClosing = true;
      at++;
      continue;
    }
    if (nameEnd.test(text[at]!)) {
      at++;
      continue;
    }
    const from = at;
    while (at < text.length && !nameEnd.test(text[at]!)) at++;
    const name = text.slice(from, at);
    while (/\s/.test(text[at] ?? '')) at++;
    if (text[at] !== '=') continue;
    at++;
    while (/\s/.test(text[at] ?? '')) at++;
    const quote = text[at];
    if (quote !== '"' && quote !== "'") continue;
    const close = text.indexOf(quote, at + 1);
    const end = close < 0 ? text.length : close;
    element.attributes.push({ name, value: decode(text.slice(at + 1, end)), span: { start: from, end: Math.min(end + 1, text.length) }, valueSpan: { start: at + 1, end } });
    at = end + 1;
  }
  const tagEnd = Math.min(text[at] === '>' ? at + 1 : at, text.length);
  element.tag.end = element.span.end = element.content.start = element.content.end = tagEnd;
  return element;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Decodes the predefined entities and character references; anything else stays as it stands. */
export function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (all, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
    if (name !== undefined) return entities[name] ?? all;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

/** Writes text so that it stands as it is between tags and in attributes. */
export function encode(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[mark]!);
}

/** The name without its namespace prefix. */
export function localName({ name }: { readonly name: string }): string {
  return name.slice(name.indexOf(':') + 1);
}

/** The child elements of one local name. */
export function childrenOf(element: Element | undefined, name: string): readonly Element[] {
  return element?.children.filter((child) => localName(child) === name) ?? [];
}

/** The first element down a path of local names. */
export function descend(element: Element | undefined, ...path: readonly string[]): Element | undefined {
  return path.reduce<Element | undefined>((at, name) => at?.children.find((child) => localName(child) === name), element);
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
  return inside.split(/(<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->)/).map((part) => (part.startsWith('<![CDATA[') ? part.slice(9, -3) : part.startsWith('<!--') ? '' : decode(part))).join('').trim();
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
      if (wanted === raw) return [];
      if (element.selfClosing) return [{ ...element.tag, text: `${file.text.slice(element.tag.start, element.tag.end).replace(/\s*\/>$/, '')}>${encode(wanted)}</${element.name}>` }];
      return [{ ...element.content, text: encode(wanted) }];
    },
  };
}

/** An attribute of an element. Absent, it is written behind the name of the element. */
export function attributeSlot(element: Element, name: string): Slot {
  const found = attributeOf(element, name);
  if (found) return { span: found.span, raw: found.value, write: (raw) => (raw === found.value ? [] : [{ ...found.valueSpan, text: encode(raw) }]) };
  const at = element.tag.start + 1 + element.name.length;
  return { span: element.tag, write: (raw) => [{ start: at, end: at, text: ` ${name}="${encode(raw)}"` }] };
}

/** The edits that add markup as the last child of an element, on a line of its own where its siblings have theirs. */
export function insertion({ text }: Xml, parent: Element, markup: string): readonly Edit[] {
  const last = parent.children.at(-1);
  const eol = lineEnd(text);
  if (parent.selfClosing) return [{ ...parent.tag, text: `${text.slice(parent.tag.start, parent.tag.end).replace(/\s*\/>$/, '')}>${markup}</${parent.name}>` }];
  if (last) {
    const indent = indentOf(text, last.span.start);
    const at = last.span.end;
    return [{ start: at, end: at, text: indent === undefined ? markup : eol + indented(markup, indent, eol) }];
  }
  const own = indentOf(text, parent.span.start);
  const at = parent.content.start;
  if (own === undefined || parent.name === '') return [{ start: at, end: at, text: markup }];
  const indent = `${own}${own.startsWith('\t') || /\n\t/.test(text) ? '\t' : '  '}`;
  return [{ start: at, end: parent.content.end, text: `${eol}${indented(markup, indent, eol)}${eol}${own}` }];
}

function indented(markup: string, indent: string, eol: string): string {
  return markup.split(/\r?\n/).map((line) => indent + line).join(eol);
}

/** The white space in front of an offset when nothing else stands before it on its line. */
function indentOf(text: string, at: number): string | undefined {
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return before.trim() === '' ? before : undefined;
}
