import type { Slot } from '#engine/setting.js';
import { lineEnd, type Edit, type Span } from '#engine/text.js';
import { table } from '#engine/table.js';
import type { Exported, Literal, Member } from './object-literal-reader.js';

export { parseExported, type Exported, type Exporting, type Literal, type Member } from './object-literal-reader.js';

/** The value at a path: names of members. Of several members of one name the last counts, as the language has it. */
export function literalAt(file: Exported, path: readonly string[]): Literal | undefined {
  let value: Literal | undefined = file.root;
  for (const name of path) value = lastMember(value, name)?.value;
  return value;
}

/** The member at a path with its name; none for what is not written out. */
export function memberAt(file: Exported, path: readonly string[]): Member | undefined {
  return lastMember(literalAt(file, path.slice(0, -1)), path.at(-1));
}

function lastMember(object: Literal | undefined, name: string | undefined): Member | undefined {
  return object?.kind === 'object' ? object.members.filter((member) => member.name === name).at(-1) : undefined;
}

/** The text that an expression comes to where nothing before `||` or `??` gives one: `process.env.KEY || "text"`. */
export function fallbackIn(expression: string): string | undefined {
  const match = /(?:\|\||\?\?)\s*(?:"([^"\\\n]*)"|'([^'\\\n]*)'|`([^`\\$\n]*)`)$/.exec(expression.trimEnd());
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

/** Every member below a value, at any depth; the reader bounds the depth. */
export function membersBelow(value: Literal): readonly Member[] {
  if (value.kind === 'object') return value.members.flatMap((member) => [member, ...membersBelow(member.value)]);
  return value.kind === 'array' ? value.items.flatMap(membersBelow) : [];
}

/** Why a path that is missing may be stated all the same, or cannot be known. */
export function obscuredAt(file: Exported, path: readonly string[]): string | undefined {
  if (!file.root) return 'the file does not write its settings out as one object';
  for (let length = 1; length <= path.length; length++) {
    if (memberAt(file, path.slice(0, length))?.conditional) return 'a condition decides whether it is stated';
  }
  for (let length = 0; length < path.length; length++) {
    const value = literalAt(file, path.slice(0, length));
    if (value?.kind === 'expression') return 'an expression decides it';
    if (value?.kind === 'object' && value.spread && !memberAt(file, path.slice(0, length + 1))) return 'another object that is merged in may state it';
  }
  return undefined;
}

/** What to point at for a member: the line it begins on. */
export function firstLine(file: Exported, { start, end }: Span): Span {
  const stop = file.text.indexOf('\n', start);
  if (stop < 0 || stop >= end) return { start, end };
  return { start, end: file.text[stop - 1] === '\r' ? stop - 1 : stop };
}

/** Where a person would write a member that is missing: the deepest object on the way, by its name. */
export function nearestTo(file: Exported, path: readonly string[]): Span {
  for (let length = path.length - 1; length > 0; length--) {
    const member = memberAt(file, path.slice(0, length));
    if (member) return firstLine(file, { start: member.start, end: member.value.kind === 'object' ? member.start + member.name.length : member.end });
  }
  if (!file.root) return { start: 0, end: 0 };
  const line = file.text.lastIndexOf('\n', file.root.start) + 1;
  return { start: line, end: file.root.start + 1 };
}

/** The literal at a path as a slot. Absent, it is written first into the deepest object that exists. */
export function slot(file: Exported, path: readonly string[], writing: 'string' | 'literal'): Slot {
  const member = memberAt(file, path);
  const print = (raw: string) => (writing === 'string' ? quote(raw) : raw);
  if (!member) {
    const because = obscuredAt(file, path);
    return { span: nearestTo(file, path), ...(because !== undefined && { obscured: because }), write: (raw) => insert(file, path, print(raw)) };
  }
  const { value } = member;
  const span = firstLine(file, member);
  const because = obscuredAt(file, path);
  if (because !== undefined) return { span, obscured: because, write: () => [] };
  if (value.kind === 'expression') return { span, obscured: 'an expression decides it', write: () => [] };
  if (value.kind === 'object' || value.kind === 'array')
    return { span, obscured: 'the file holds a list or an object where one value is expected', write: () => [] };
  return {
    span,
    raw: value.raw,
    write: (raw) =>
      raw === value.raw ? [] : [{ start: value.start, end: value.end, text: value.kind === 'string' ? quote(raw, file.text[value.start]) : print(raw) }],
  };
}

/** Replaces the value of a member, or writes the member, as program text. */
export function put(file: Exported, path: readonly string[], text: string): readonly Edit[] {
  const member = memberAt(file, path);
  return member ? [{ start: member.value.start, end: member.value.end, text }] : insert(file, path, text);
}

function quote(raw: string, mark = "'"): string {
  const wanted = mark === '`' ? "'" : mark;
  const inside = raw.replace(/[\\\n\r\t]/g, (char) => table<Readonly<Record<string, string>>>({ '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' })[char]!);
  return wanted + inside.replaceAll(wanted, `\\${wanted}`) + wanted;
}

const printedName = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name));

function insert(file: Exported, path: readonly string[], value: string): readonly Edit[] {
  for (let length = path.length - 1; length >= 0; length--) {
    const object = literalAt(file, path.slice(0, length));
    if (object === undefined) continue;
    if (object.kind !== 'object') return [];
    const names = path.slice(length);
    const written = names.slice(1).reduceRight((inner, name) => `{ ${printedName(name)}: ${inner} }`, value);
    const member = `${printedName(names[0]!)}: ${written}`;
    const at = object.start + 1;
    const first = object.members[0];
    const { text } = file;
    const line = first ? text.lastIndexOf('\n', first.start) + 1 : 0;
    if (first && line > object.start) return [{ start: at, end: at, text: `${lineEnd(text)}${/^[ \t]*/.exec(text.slice(line, first.start))![0]}${member},` }];
    return [{ start: at, end: at, text: ` ${member}${first ? ',' : text[at] === '}' ? ' ' : ','}` }];
  }
  return [];
}
