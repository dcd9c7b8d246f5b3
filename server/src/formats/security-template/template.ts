import { spelledOut } from '#concepts/secret.js';
import type { Slot } from '#engine/setting.js';
import { lineEnd, type Span } from '#engine/text.js';
import { table } from '#engine/table.js';
import type { Dialect } from '#notations/directives.js';
import { parseIni, sectionsNamed, slot, type Ini } from '#notations/ini.js';
import { foldedKey, type Registry, type RegistryType } from '#notations/windows-registry.js';
import { remoteControlPassword } from '#notations/windows-secrets.js';

/** A security template: sections of `name = value`, registry values by their path, and lines of comma-separated fields. */
export interface Template extends Ini {
  readonly registry: Registry;
}

/** Names are compared without case; the last of several lines counts. */
const dialect: Dialect = { comment: ';', trailingComments: true, assignment: 'equals', separator: ' = ', foldCase: true, headings: true };

/** A line of comma-separated fields: a service, a file or key with its permissions. */
export interface FieldLine {
  readonly fields: readonly { readonly text: string; readonly span: Span }[];
  readonly span: Span;
}

export function parseTemplate(text: string): Template {
  const file = parseIni(text, dialect);
  return { ...file, registry: registryOf(file) };
}

/** A value of a section, written ` = ` as Windows does. */
export function value(file: Ini, section: string, name: string): Slot {
  return slot(file, section, name, { wins: 'last' });
}

/** The lines of a section that hold fields instead of `name = value`. */
export function fieldLines(file: Ini, section: string): readonly FieldLine[] {
  return file.sections.flatMap((one, i) => {
    if (one.name.toLowerCase() !== section.toLowerCase() || !one.head) return [];
    const lines: FieldLine[] = [];
    const end = file.sections[i + 1]?.head?.span.start ?? file.text.length;
    for (let start = file.text.indexOf('\n', one.head.span.end) + 1, stop: number; start > 0 && start < end; start = stop + 1) {
      stop = file.text.indexOf('\n', start);
      if (stop < 0) stop = file.text.length;
      const line = readFields(file.text, start, Math.min(stop, end));
      if (line) lines.push(line);
    }
    return lines;
  });
}

function readFields(text: string, start: number, stop: number): FieldLine | undefined {
  const from = start + text.slice(start, stop).search(/\S|$/);
  if (from >= stop || text[from] === ';') return undefined;
  const fields: { text: string; span: Span }[] = [];
  for (let at = from, end: number; at <= stop; at = end + 1) {
    let quoted = false;
    for (end = at; end < stop && (quoted || text[end] !== ','); end++) if (text[end] === '"') quoted = !quoted;
    const said = text.slice(at, end);
    const inside = /^\s*"/.test(said) ? said.indexOf('"') + 1 : said.search(/\S|$/);
    const bare = said.slice(inside).trimEnd().replace(/"$/, '');
    fields.push({ text: bare, span: { start: at + inside, end: at + inside + bare.length } });
  }
  return { fields, span: { start: from, end: start + text.slice(start, stop).trimEnd().length } };
}

/** Passwords among the values of `[Registry Values]`, told by the last part of their path as it is spelled: the words of a name begin with capitals. */
export function secrets(file: Ini) {
  return sectionsNamed(file, 'Registry Values').flatMap(({ directives }) => directives.flatMap(({ nameSpan, value: said, span }) => {
    const [, type, rest] = /^([123])\s*,([^]*)$/.exec(said) ?? [];
    if (rest === undefined) return [];
    const data = rest.trimStart();
    const path = file.text.slice(nameSpan.start, nameSpan.end);
    const [key, name] = [path.slice(0, path.lastIndexOf('\\')), path.slice(path.lastIndexOf('\\') + 1)];
    return type === '3' ? remoteControlPassword('This file', key, name, data, span) : spelledOut('This file', name, data.replace(/^"(.*)"$/s, '$1'), span);
  }));
}

const types = table({ '1': 'text', '2': 'text', '3': 'binary', '4': 'dword', '7': 'list' } as const);

/** `[Registry Values]` as a registry, and `[Service General Setting]` as the `Start` of its services. */
function registryOf(file: Ini): Registry {
  const byPath = new Map<string, { readonly name: string; readonly said: string; readonly valueSpan: Span; readonly span: Span }>();
  for (const section of sectionsNamed(file, 'Registry Values')) {
    for (const { name, value: said, valueSpan, span } of section.directives) byPath.set(foldedKey(name.replace(/^machine(?=\\)/i, 'HKLM').replace(/^user(?=\\)/i, 'HKCU')), { name, said, valueSpan, span });
  }
  const services = new Map(fieldLines(file, 'Service General Setting').map((line) => [line.fields[0]?.text.toLowerCase() ?? '', line]));
  const slotAt = (folded: string, type: RegistryType | undefined): Slot | undefined => {
    const found = byPath.get(folded);
    const [, number, rest] = /^([1-7])\s*,([^]*)$/.exec(found?.said ?? '') ?? [];
    const data = rest?.trimStart();
    if (!found || number === undefined || data === undefined) return undefined;
    const own = types[number as keyof typeof types] as RegistryType | undefined;
    if (type !== undefined && own !== type) return { span: found.span, obscured: 'the value is of another type than the one Windows reads here', write: () => [] };
    const raw = own === 'text' ? data.replace(/^"(.*)"$/s, '$1') : own === 'list' ? data.split(',').map((item) => item.trim().replace(/^"(.*)"$/, '$1')).filter(Boolean).join('\n') : data.trim();
    return { span: found.span, raw, write: (wanted) => (wanted === raw ? [] : [{ ...found.valueSpan, text: `${number},${printed(own, wanted)}` }]) };
  };
  const serviceAt = (folded: string): Slot | undefined => {
    const line = services.get(/^hklm\\system\\currentcontrolset\\services\\([^\\]+)\\start$/.exec(folded)?.[1] ?? '\0');
    const mode = line?.fields[1];
    return line && mode && { span: line.span, raw: mode.text, write: (wanted) => (wanted === mode.text ? [] : [{ ...mode.span, text: wanted }]) };
  };
  return {
    value(key, name, type) {
      const folded = foldedKey(`${key}\\${name}`);
      return slotAt(folded, type) ?? serviceAt(folded) ?? {
        span: { start: 0, end: 0 },
        // Written by hand here, for the separator: the products of Microsoft leave no space around the sign.
        write: (wanted) => {
          const section = sectionsNamed(file, 'Registry Values').at(-1);
          const line = `${`${key}\\${name}`.replace(/^HKLM/, 'MACHINE').replace(/^HKCU/, 'USER')}=${type === 'dword' ? 4 : type === 'text' ? 1 : 7},${printed(type, wanted)}`;
          const at = section?.end ?? file.text.length;
          const eol = lineEnd(file.text);
          const before = at > 0 && file.text[at - 1] !== '\n' ? eol : '';
          return [{ start: at, end: at, text: `${before}${section ? '' : `[Registry Values]${eol}`}${line}${eol}` }];
        },
      };
    },
    under(key) {
      const prefix = `${foldedKey(key)}\\`;
      return [...byPath.keys()].filter((path) => path.startsWith(prefix) && !path.includes('\\', prefix.length)).map((path) => ({ name: path.slice(prefix.length), slot: slotAt(path, undefined)! })).filter(({ slot: at }) => at);
    },
  };
}

function printed(type: RegistryType | undefined, raw: string): string {
  return type === 'text' ? `"${raw}"` : type === 'list' ? raw.split('\n').filter(Boolean).join(',') : raw;
}
