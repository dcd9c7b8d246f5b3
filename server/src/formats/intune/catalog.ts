import type { Analysis } from '#engine/analysis.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import type { Edit, Span } from '#engine/text.js';
import { elements, nodeAt, placeOf, property, replaced, type Json, type Node } from '#notations/json.js';
import type { Resource } from './resources.js';

/** One setting of a settings-catalog policy: its definition and the value chosen. */
export interface Chosen {
  readonly id: string;
  readonly value: Node;
  readonly span: Span;
  /** The edits that choose another, given as JSON. */
  write(json: string): readonly Edit[];
}

/** Every setting of the policy, those inside others too, without recursion. */
export function chosen({ tree }: Pick<Analysis<Json>, 'tree'>, { path }: Resource): ReadonlyMap<string, Chosen> {
  const found = new Map<string, Chosen>();
  const open: Node[] = [...elements(nodeAt(tree, [...path, 'settings']))].reverse();
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === 'object') {
      const id = property(node, 'settingDefinitionId')?.children?.[1];
      const holder = (property(node, 'choiceSettingValue') ?? property(node, 'simpleSettingValue'))?.children?.[1];
      const value = holder && property(holder, 'value')?.children?.[1];
      if (id?.type === 'string' && value && value.type !== 'object' && value.type !== 'array') {
        found.set(String(id.value), { id: String(id.value), value, span: placeOf(value), write: (json) => replaced(tree, value, json) });
      }
    }
    for (const child of node.children ?? []) if (child.type === 'object' || child.type === 'array' || child.type === 'property') open.push(child);
  }
  return found;
}

/** A choice whose last word means yes or no: `..._1` and `..._0`, `..._true` and `..._false`. */
export function choice(settings: ReadonlyMap<string, Chosen>, id: string, yes: string, no: string): Setting<boolean> | undefined {
  const said = settings.get(id);
  if (!said || said.value.type !== 'string') return undefined;
  const ending = String(said.value.value).slice(id.length + 1);
  if (ending !== yes && ending !== no) return undetermined(said.span, 'the choice is not one this product documents');
  return known(ending === yes, said.span, (on) => (on === (ending === yes) ? [] : said.write(JSON.stringify(`${id}_${on ? yes : no}`))));
}

/** A number, written as such or as the end of a choice. */
export function amount(settings: ReadonlyMap<string, Chosen>, id: string): Setting<number> | undefined {
  const said = settings.get(id);
  if (!said) return undefined;
  const text = said.value.type === 'string' ? String(said.value.value).replace(`${id}_`, '') : String(said.value.value);
  if (!/^\d{1,6}$/.test(text)) return undetermined(said.span, 'the value is not a number');
  return known(Number(text), said.span, (wanted) => said.write(said.value.type === 'string' ? JSON.stringify(`${id}_${wanted}`) : String(wanted)));
}
