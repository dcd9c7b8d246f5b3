import type { Comment } from '#engine/format.js';
import type { Slot } from '#engine/setting.js';
import { lineEnd, type Edit, type Span } from '#engine/text.js';
import { holeEnd, readComment } from './words.js';

/** `key = value`; the value ends with the line, a brace or a comment, or stands in double quotes. */
export interface Entry {
  readonly key: string;
  /** Without quotes and escapes; empty where the file clears an inherited value. */
  readonly value: string;
  readonly keySpan: Span;
  readonly valueSpan: Span;
  readonly span: Span;
}

/** `name : references { ... }`. */
export interface Group {
  readonly name: string;
  /** Dotted paths from the root of the sections it inherits from. */
  readonly references: readonly string[];
  readonly nameSpan: Span;
  /** The offset behind the `{`; 0 for the file. */
  readonly start: number;
  readonly end: number;
  readonly entries: readonly Entry[];
  readonly groups: readonly Group[];
}

/** A file of nested sections with `key = value` lines, as strongswan.conf(5) describes it. */
export interface SettingsTree extends Group {
  readonly text: string;
  readonly comments: readonly Comment[];
  /** What `include` names, in the order of the file, and the sections it stands in, the outermost first. */
  readonly includes: readonly { readonly target: string; readonly within: readonly string[] }[];
  /** A brace or a quote has no other half: nothing is written into the file. */
  readonly broken: boolean;
}

/** Sections nested deeper than this are skipped: no real file comes near. */
const deepest = 32;

interface Open {
  readonly name: string;
  readonly references: readonly string[];
  readonly nameSpan: Span;
  readonly start: number;
  readonly entries: Entry[];
  readonly groups: Group[];
}

/** Reads a file in one pass. What is neither section, setting nor comment is skipped to the end of its line. */
export function parseSettingsTree(text: string): SettingsTree {
  const comments: Comment[] = [];
  const includes: SettingsTree['includes'][number][] = [];
  const stack: Open[] = [{ name: '', references: [], nameSpan: { start: 0, end: 0 }, start: 0, entries: [], groups: [] }];
  let skipped = 0;
  let broken = false;
  const close = (end: number) => {
    const open = stack.pop()!;
    stack.at(-1)!.groups.push({ ...open, end });
  };
  let at = 0;
  while (at < text.length) {
    const ch = text[at]!;
    if (isBlank(ch) || ch === '\n') at++;
    else if (ch === '#') at = readComment(text, at, comments);
    else if (ch === '}') {
      if (skipped > 0) skipped--;
      else if (stack.length > 1) close(at);
      else broken = true;
      at++;
    } else if (ch === '{') {
      skipped++;
      at++;
    } else {
      const start = at;
      while (at < text.length && !/[\s={}:#"]/.test(text[at]!)) at++;
      if (at === start) {
        broken ||= text[at] === '"';
        at++;
        continue;
      }
      const nameSpan = { start, end: at };
      const name = text.slice(start, at);
      let next = at;
      while (isBlank(text[next])) next++;
      if (text[next] === '=') {
        const read = readValue(text, next + 1);
        at = read.next;
        broken ||= read.unclosed === true;
        if (skipped === 0) stack.at(-1)!.entries.push({ key: name, value: read.value, keySpan: nameSpan, valueSpan: read.span, span: { start, end: read.span.end } });
        continue;
      }
      if (name === 'include') {
        at = lineStop(text, next);
        includes.push({ target: text.slice(next, at).trim(), within: stack.slice(1).map((open) => open.name) });
        continue;
      }
      let references: readonly string[] = [];
      let brace = next;
      if (text[brace] === ':') {
        const from = ++brace;
        while (brace < text.length && !/[{}=#\n]/.test(text[brace]!)) brace++;
        references = text.slice(from, brace).split(',').map((part) => part.trim()).filter(Boolean);
      }
      while (isBlank(text[brace]) || text[brace] === '\n') brace++;
      if (text[brace] !== '{') {
        at = Math.max(at, lineStop(text, next));
        continue;
      }
      at = brace + 1;
      if (skipped > 0 || stack.length > deepest) skipped++;
      else stack.push({ name, references, nameSpan, start: at, entries: [], groups: [] });
    }
  }
  broken ||= stack.length > 1 || skipped > 0;
  while (stack.length > 1) close(text.length);
  return { ...stack[0]!, end: text.length, text, comments, includes, broken };
}

/** A file as it reads where another takes it in, inside of sections that its own text does not have. */
export function placedIn(tree: SettingsTree, within: readonly string[]): SettingsTree {
  const place = { references: [], nameSpan: { start: 0, end: 0 }, start: 0, end: tree.end };
  const { entries, groups } = within.reduceRight<Pick<Group, 'entries' | 'groups'>>(
    (inner, name) => ({ entries: [], groups: [{ ...place, name, entries: inner.entries, groups: inner.groups }] }), tree);
  return { ...tree, entries, groups };
}

interface Read {
  readonly value: string;
  readonly span: Span;
  readonly next: number;
  /** A quote opens it that nothing closes. */
  readonly unclosed?: boolean;
}

function readValue(text: string, from: number): Read {
  let start = from;
  while (isBlank(text[start])) start++;
  const unclosed = text[start] === '"';
  if (text[start] === '"') {
    for (let at = start + 1; at < text.length; at++) {
      if (text[at] === '\\') at++;
      else if (text[at] === '"') return { value: text.slice(start + 1, at).replace(/\\(.)/gs, '$1'), span: { start, end: at + 1 }, next: at + 1 };
    }
  }
  let stop = start;
  while (stop < text.length && !/[\n#}]/.test(text[stop]!)) stop = holeEnd(text, stop) ?? stop + 1;
  let end = stop;
  while (end > start && isBlank(text[end - 1])) end--;
  return end === start ? { value: '', span: { start: from, end: from }, next: stop } : { value: text.slice(start, end), span: { start, end }, next: stop, unclosed };
}

const isBlank = (ch: string | undefined) => ch === ' ' || ch === '\t' || ch === '\r';

function lineStop(text: string, at: number): number {
  const stop = text.indexOf('\n', at);
  const end = stop < 0 ? text.length : stop;
  return text[end - 1] === '\r' && end - 1 >= at ? end - 1 : end;
}

/** The value of a key in a section: the last counts. Absent, it is written behind the last setting of the section. */
export function slot(tree: SettingsTree, group: Group, key: string, obscured?: string): Slot {
  const found = group.entries.filter((entry) => entry.key === key).at(-1);
  if (found) {
    const bare = found.valueSpan.start === found.valueSpan.end;
    return {
      span: found.span,
      raw: found.value,
      write: (raw) => (raw === found.value || tree.broken ? [] : [{ ...found.valueSpan, text: (bare ? ' ' : '') + spelled(raw) }]),
    };
  }
  return { span: group.nameSpan, obscured, write: (raw) => insertion(tree, group, `${key} = ${spelled(raw)}`) };
}

const spelled = (raw: string) => (raw === '' || /[{}#"\\\n\r]|^\s|\s$/.test(raw) ? `"${raw.replace(/[\\"]/g, '\\$&')}"` : raw);

/** The edit that adds a line to a section, indented as its neighbours are. */
export function insertion({ text, groups, broken }: SettingsTree, group: Group, line: string): readonly Edit[] {
  if (broken) return [];
  const eol = lineEnd(text);
  const model = group.entries.filter(({ span }) => startsLine(text, span.start)).at(-1);
  if (model) {
    const stop = text.indexOf('\n', model.span.end);
    const rest = text.slice(model.span.end, stop < 0 ? text.length : stop);
    const indent = text.slice(text.lastIndexOf('\n', model.span.start - 1) + 1, model.span.start);
    if (!rest.includes('}') && stop >= 0) return [{ start: stop + 1, end: stop + 1, text: `${indent}${line}${eol}` }];
    if (!rest.includes('}')) return [{ start: text.length, end: text.length, text: `${eol}${indent}${line}${eol}` }];
  }
  if (group.start === 0) return [{ start: 0, end: 0, text: `${line}${eol}` }];
  const head = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', group.nameSpan.start - 1) + 1, group.nameSpan.start))![0];
  const first = (groups[0]?.groups[0]?.nameSpan ?? groups[0]?.entries[0]?.keySpan)?.start;
  const unit = first !== undefined && startsLine(text, first) ? text.slice(text.lastIndexOf('\n', first - 1) + 1, first) || '  ' : '  ';
  const stop = lineStop(text, group.start);
  const ended = text.slice(group.start, stop).trim() === '';
  return [{ start: group.start, end: group.start, text: `${eol}${head}${unit}${line}${ended ? '' : `${eol}${head}${unit.slice(1)}`}` }];
}

function startsLine(text: string, at: number): boolean {
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, at).trim() === '';
}
