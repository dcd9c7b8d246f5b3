import { isStandIn, spelledOut } from '#concepts/secret.js';
import { known, type Slot } from '#engine/setting.js';
import type { Edit } from '#engine/text.js';
import { table } from '#engine/table.js';
import { foldedKey, type Registry, type RegistryType } from '#notations/windows-registry.js';
import { remoteControlPassword } from '#notations/windows-secrets.js';
import { attributeOf, attributeSlot, childrenOf, descend, isSound, localName, textOf, type Element, type Xml } from '#notations/xml.js';

/** One registry value that an item of the preferences sets. */
interface Value {
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly properties: Element;
  /** Why what is written is not what a computer has in the end. */
  readonly obscured: string | undefined;
}

/** The items of a file that are in force; one that is switched off, or stands in a collection that is, does nothing. */
function properties(file: Xml): readonly Element[] {
  const found: Element[] = [];
  const stack = [file.root];
  for (let element = stack.pop(); element; element = stack.pop()) {
    if (attributeOf(element, 'disabled')?.value === '1') continue;
    if (localName(element) === 'Properties') found.push(element);
    for (let i = element.children.length - 1; i >= 0; i--) stack.push(element.children[i]!);
  }
  return found;
}

/** Values that items set. An item that deletes states nothing; [MS-GPPREF] 2.2.1.17, where an action that is not stated updates. */
function valuesOf(file: Xml): readonly Value[] {
  return properties(file).filter(({ parent }) => parent && localName(parent) === 'Registry').flatMap((element) => {
    const said = (name: string) => attributeOf(element, name)?.value ?? '';
    const name = said('name');
    const action = said('action').toUpperCase();
    if (name === '' || action === 'D') return [];
    const bits = said('bitfield') === '1' || descend(element, 'SubProp') !== undefined;
    const obscured = action === 'C' ? 'the item sets it only where it is not there yet' : bits ? 'the item changes single bits of it' : undefined;
    return [{ key: `${said('hive')}\\${said('key')}`, name, type: said('type').toUpperCase(), properties: element, obscured }];
  });
}

const types: Readonly<Record<string, RegistryType>> = table({ REG_DWORD: 'dword', REG_SZ: 'text', REG_EXPAND_SZ: 'text', REG_MULTI_SZ: 'list', REG_BINARY: 'binary' });

/** The registry as the items of a file set it. A value that several items set differently depends on what they are aimed at. */
export function registryOf(file: Xml): Registry {
  const byKey = new Map<string, Map<string, Value[]>>();
  for (const value of valuesOf(file)) {
    const key = foldedKey(value.key);
    const values = byKey.get(key) ?? new Map<string, Value[]>();
    byKey.set(key, values);
    const name = value.name.toLowerCase();
    const before = values.get(name);
    if (before) before.push(value);
    else values.set(name, [value]);
  }
  return {
    value: (key, name, type) => {
      const found = byKey.get(foldedKey(key))?.get(name.toLowerCase());
      return found ? slotOf(file, found, type) : { span: { start: 0, end: 0 }, write: () => [] };
    },
    under: (key) => [...(byKey.get(foldedKey(key))?.values() ?? [])].map((values) => ({ name: values[0]!.name, slot: slotOf(file, values, undefined) })),
  };
}

function slotOf(file: Xml, values: readonly Value[], type: RegistryType | undefined): Slot {
  const { properties: element, obscured, type: own } = values.at(-1)!;
  const { span, raw } = attributeSlot(element, 'value');
  const open = (because: string): Slot => ({ span, obscured: because, write: () => [] });
  const contested = values.some(({ properties: other }) => attributeOf(other, 'value')?.value !== raw);
  if (contested) return open('several items set it, and which computers they are aimed at decides');
  if (obscured !== undefined) return open(obscured);
  if (type !== undefined && types[own] !== type) return open('the value is of another type than the one Windows reads here');
  const write = (text: string): readonly Edit[] => (values.every(({ properties: each }) => isSound(each))
    ? values.flatMap(({ properties: each }) => attributeSlot(each, 'value').write(text)) : []);
  const items = childrenOf(descend(element, 'Values'), 'Value');
  if (types[own] === 'list') return { span, raw: items.map((item) => textOf(file, item)).join('\n'), write: () => [] };
  if (types[own] !== 'dword') return { span, raw: raw ?? '', write };
  const number = numberIn(raw ?? '');
  if (number === undefined) return open('the number may be decimal or hexadecimal: the editor of group policy writes eight hexadecimal digits');
  const digits = (wanted: number) => (wanted >>> 0).toString(16).padStart(8, '0');
  return { span, raw: String(number), write: (wanted) => (Number(wanted) === number ? [] : write(digits(Number(wanted)))) };
}

/** Eight hexadecimal digits, or one digit that is the same either way. */
function numberIn(text: string): number | undefined {
  return /^(?:[0-9a-f]{8}|\d)$/i.test(text) ? Number.parseInt(text, 16) : undefined;
}

const owners: Readonly<Record<string, string>> = table({
  User: 'a local account', NTService: 'a service', DataSource: 'a database connection', Drive: 'a network drive', SharedPrinter: 'a printer',
  Task: 'a scheduled task', ImmediateTask: 'a scheduled task', TaskV2: 'a scheduled task', ImmediateTaskV2: 'a scheduled task',
});

/**
 * Passwords that anybody with an account in the domain can read back: `cpassword`, whose key Microsoft has published
 * ([MS-GPPREF] 2.2.1.1.4), those of remote control, and those set as text.
 */
export function secrets(file: Xml) {
  const encrypted = properties(file).flatMap((element) => {
    const written = attributeOf(element, 'cpassword');
    if (!written || isStandIn(written.value)) return [];
    const owner = owners[element.parent ? localName(element.parent) : ''] ?? 'an account';
    return [{ label: 'This file', span: written.span, what: `the password of ${owner}`, kept: known<'clear' | 'reversible'>('reversible', written.span) }];
  });
  const set = valuesOf(file).flatMap(({ key, name, type, properties: element }) => {
    const written = attributeOf(element, 'value');
    if (!written) return [];
    if (types[type] === 'binary') return remoteControlPassword('This file', key, name, written.value, written.span);
    return types[type] === 'text' ? spelledOut('This file', name, written.value, written.span) : [];
  });
  return [...encrypted, ...set];
}
