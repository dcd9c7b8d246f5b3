import type { Slot } from '#engine/setting.js';
import { lineEnd } from '#engine/text.js';
import { parseDirectives, sections, slot as directiveSlot, type Choice, type Dialect, type Directives, type Section } from './directives.js';

/** A file of `[section]` headings with `name = value` lines below them. */
export interface Ini extends Directives {
  /** In the order of the file; the first has no name and holds what stands before the first heading. */
  readonly sections: readonly NamedSection[];
}

export interface NamedSection extends Section {
  /** Without brackets; empty in front of the first heading. */
  readonly name: string;
}

/** How most INI files are written; a product that differs overrides what it must. */
export const iniDialect: Dialect = { comment: ';#', trailingComments: false, assignment: 'equals', separator: '=', foldCase: true, headings: true };

export function parseIni(text: string, dialect: Dialect = iniDialect): Ini {
  const file = parseDirectives(text, { ...dialect, headings: true });
  const cut = sections(file, isHeading);
  return { ...file, sections: cut.map((section) => ({ ...section, name: section.head?.name.slice(1, -1).trim() ?? '' })) };
}

const isHeading = ({ name }: { readonly name: string }) => name.startsWith('[');

/** The sections of one name; products that fold case match it in any case. */
export function sectionsNamed(file: Ini, name: string): readonly NamedSection[] {
  return file.sections.filter((section) => section.name.toLowerCase() === name.toLowerCase());
}

/** A value in a section. Where the section is missing, it is written with it at the end of the file. */
export function slot(file: Ini, sectionName: string, name: string, choice: Choice): Slot {
  const named = sectionsNamed(file, sectionName);
  const all = named.map((section) => directiveSlot(file, section, name, choice));
  const stated = all.filter(({ raw }) => raw !== undefined);
  const found = (choice.wins === 'first' ? stated[0] : stated.at(-1)) ?? all.at(-1);
  if (found) return found;
  const eol = lineEnd(file.text);
  const before = file.text === '' || file.text.endsWith('\n') ? '' : eol;
  return {
    span: { start: 0, end: 0 },
    obscured: choice.elsewhere,
    write: (raw) => [{ start: file.text.length, end: file.text.length, text: `${before}[${sectionName}]${eol}${name}${file.dialect.separator}${raw}${before ? '' : eol}` }],
  };
}
