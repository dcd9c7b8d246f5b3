import { integer } from '#engine/codec.js';
import type { ExportKind } from '#engine/format.js';
import { table } from '#engine/table.js';
import { attributeOf, childrenOf, descend, localName, textOf, type Element, type Xml } from '#notations/xml.js';

/** Kinds of device a group may hold all of, as `PrimaryId` spells them, and what people call them. Printers are no media. */
const families = table({ RemovableMediaDevices: 'removable media', WpdDevices: 'portable devices', CdRomDevices: 'optical discs' } as const);
export type Family = keyof typeof families;
export const everyFamily = Object.keys(families) as readonly Family[];
export const inWords = (kinds: readonly Family[]) => joined(kinds.map((kind) => families[kind]));

/** `a`, `a and b`, `a, b and c`. */
export function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)!}`;
}

/** The kinds of device that groups of the workspace hold all of, by the folded identifier of the group; none for groups of single devices. */
export const deviceGroups: ExportKind<readonly Family[]> = { name: 'device-control-groups' };

/** One entry of a rule: what happens on some kinds of access. */
export interface Entry {
  readonly element: Element;
  readonly type: 'Allow' | 'Deny' | 'AuditAllowed' | 'AuditDenied';
  /** Bits: 1, 2, 4 for reading, writing and running on the disk; 8, 16, 32 in the file system. Other bits are for printers and left out. */
  readonly mask: number;
  readonly options: number;
  /** Whether it holds for some people, computers or files only. */
  readonly conditional: boolean;
}

export interface Rule {
  readonly element: Element;
  readonly name: string;
  /** Folded identifiers; a device must be in all of the included groups and in none of the excluded ones. */
  readonly included: readonly string[];
  readonly excluded: readonly string[];
  readonly entries: readonly Entry[];
}

export interface Rules {
  readonly rules: readonly Rule[];
  /** The element around the rules of a group policy, which are all there are. Intune hands out each rule by itself. */
  readonly whole: Element | undefined;
}

const folded = (id: string) => id.replace(/[{}\s]/g, '').toLowerCase();

export function rulesOf(file: Xml): Rules {
  const whole = descend(file.root, 'PolicyRules');
  const rules = childrenOf(whole ?? file.root, 'PolicyRule').map((element) => {
    const name = descend(element, 'Name');
    const ids = (list: string) => childrenOf(descend(element, list), 'GroupId').map((id) => folded(textOf(file, id)));
    const entries = childrenOf(element, 'Entry').flatMap((entry) => entryOf(file, entry) ?? []);
    return { element, name: name ? textOf(file, name).slice(0, 60) : '', included: ids('IncludedIdList'), excluded: ids('ExcludedIdList'), entries };
  });
  return { rules, whole };
}

function entryOf(file: Xml, element: Element): Entry | undefined {
  const said = (name: string) => {
    const child = descend(element, name);
    return child ? textOf(file, child) : '';
  };
  const type = (['Allow', 'Deny', 'AuditAllowed', 'AuditDenied'] as const).find((word) => word === said('Type'));
  const mask = integer.read(said('AccessMask'));
  if (!type || mask === undefined) return undefined;
  const conditional = ['Sid', 'ComputerSid', 'Parameters'].some((name) => descend(element, name));
  return { element, type, mask: mask & 63, options: integer.read(said('Options')) ?? 0, conditional };
}

/** The groups of a file, each with the kinds of device it holds all of. */
export function groupsOf(file: Xml): readonly { readonly id: string; readonly holds: readonly Family[] }[] {
  const around = descend(file.root, 'Groups') ?? descend(file.root, 'PolicyGroups') ?? file.root;
  return childrenOf(around, 'Group').flatMap((group) => {
    const id = attributeOf(group, 'Id')?.value;
    if (id === undefined || (attributeOf(group, 'Type')?.value ?? 'Device') !== 'Device') return [];
    const properties = descend(group, 'DescriptorIdList')?.children ?? [];
    const match = descend(group, 'MatchType');
    const matching = match ? textOf(file, match) : attributeOf(group, 'MatchType')?.value ?? '';
    const primary = properties.filter((property) => localName(property) === 'PrimaryId').map((property) => textOf(file, property));
    const whole = matching === 'MatchAny' || properties.length === 1 && !matching.includes('Exclude');
    return [{ id: folded(id), holds: whole ? everyFamily.filter((kind) => primary.includes(kind)) : [] }];
  });
}
