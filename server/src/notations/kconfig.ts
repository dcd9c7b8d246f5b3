import type { Comment } from '#engine/format.js';
import type { Slot } from '#engine/setting.js';
import { lineEnd, type Edit, type Span } from '#engine/text.js';
import { parseDirectives, type Dialect } from './directives.js';

/** kconfiglib, `_load_config`: a name begins its line, the value is all that follows the equals sign. */
const dialect: Dialect = { comment: '#', trailingComments: false, assignment: 'equals', separator: '=' };

/** One option as the file leaves it: the last line that names it. */
export interface Option {
  /** With its prefix: `CONFIG_SECURE_BOOT`, and `SB_CONFIG_BOOTLOADER_MCUBOOT` in what Zephyr reads for the images of one build together. */
  readonly name: string;
  /** `y`, `n`, a number, or text without quotes. `# CONFIG_X is not set` is `n`. */
  readonly value: string;
  /** The whole statement, its `#` included. */
  readonly span: Span;
  /** Empty where the option is stated by a comment. */
  readonly valueSpan: Span;
  readonly quoted: boolean;
}

/** A Kconfig configuration: `.config`, `prj.conf`, `sdkconfig`. */
export interface Kconfig {
  readonly text: string;
  /** By name, in the order of the file. Every question is a look-up: a generated file has thousands of options. */
  readonly options: ReadonlyMap<string, Option>;
  readonly comments: readonly Comment[];
  /** Whether the file states what is off by `# CONFIG_X is not set`, as every generated one does. */
  readonly unsetByComment: boolean;
}

/** Reads a file in one pass. A comment that unsets an option is a statement and no comment. */
export function parseKconfig(text: string): Kconfig {
  const { directives, comments } = parseDirectives(text, dialect);
  const stated: Option[] = [];
  for (const { name, value, span, valueSpan } of directives) {
    if (!isName(name)) continue;
    const quoted = value.length > 1 && value.startsWith('"') && value.endsWith('"');
    stated.push({ name, value: quoted ? unescaped(value) : value, span, valueSpan, quoted });
  }
  const remarks: Comment[] = [];
  let unsetByComment = false;
  for (const comment of comments) {
    const name = unsetName(comment.text);
    if (name === undefined) remarks.push(comment);
    else {
      unsetByComment = true;
      stated.push({ name, value: 'n', span: { start: comment.start, end: comment.end }, valueSpan: { start: comment.end, end: comment.end }, quoted: false });
    }
  }
  if (unsetByComment) stated.sort((a, b) => a.span.start - b.span.start);
  const options = new Map<string, Option>();
  for (const option of stated) options.set(option.name, option);
  return { text, options, comments: remarks, unsetByComment };
}

function isName(name: string): boolean {
  return /^(?:SB_)?CONFIG_/.test(name) && /^\w+$/.test(name);
}

function unsetName(comment: string): string | undefined {
  return /^ (?:SB_)?CONFIG_/.test(comment) && comment.endsWith(' is not set') ? /^ ((?:SB_)?CONFIG_\w+) is not set$/.exec(comment)?.[1] : undefined;
}

function unescaped(value: string): string {
  const inside = value.slice(1, -1);
  return inside.includes('\\') ? inside.replace(/\\(.)/g, '$1') : inside;
}

/** What an option is declared as: the same text is written with quotes or without. */
export type OptionType = 'bool' | 'number' | 'string';

/**
 * The place of an option. An absent one is written at the end of the file; `absentAt` is where a person would look for
 * it, and `elsewhere` why it may be stated in another file all the same.
 */
export function slot(
  file: Kconfig,
  name: string,
  type: OptionType,
  { absentAt = { start: 0, end: 0 }, elsewhere }: { absentAt?: Span; elsewhere?: string | undefined } = {},
): Slot {
  const found = file.options.get(name);
  if (!found) return { span: absentAt, obscured: elsewhere, write: (raw) => [appended(file, statement(file, name, raw, type))] };
  return {
    span: found.span,
    raw: type === 'bool' ? tristate(found.value) : found.value,
    write: (raw) => (raw === (type === 'bool' ? tristate(found.value) : found.value) ? [] : [{ ...found.span, text: statement(file, name, raw, type) }]),
  };
}

/** The C implementation looks at the first letter alone; an empty value is off. */
function tristate(value: string): string {
  return value === '' ? 'n' : value.startsWith('y') ? 'y' : value.startsWith('n') ? 'n' : value;
}

function statement(file: Kconfig, name: string, raw: string, type: OptionType): string {
  if (type === 'bool' && raw === 'n' && file.unsetByComment) return `# ${name} is not set`;
  return `${name}=${type === 'string' ? `"${raw.replace(/["\\]/g, '\\$&')}"` : raw}`;
}

/** Several additions at the end of one file make one line each, whether or not its last line is ended. */
function appended({ text }: Kconfig, line: string): Edit {
  const eol = lineEnd(text);
  const ended = text === '' || text.endsWith('\n');
  return { start: text.length, end: text.length, text: ended ? `${line}${eol}` : `${eol}${line}` };
}

/** Whether an option is on; `undefined` where the file does not say. */
export function isOn(file: Kconfig, name: string): boolean | undefined {
  const found = file.options.get(name);
  return found && tristate(found.value) === 'y';
}
