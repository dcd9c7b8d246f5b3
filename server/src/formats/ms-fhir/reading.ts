import { setting, stated, type Absent, type Setting, type Slot } from '#engine/setting.js';
import { properties, nodeAt, slot, type Json, type JSONPath } from '#notations/json.js';

/** .NET compares names of settings without regard to case; what is not there keeps the name as given. */
export function pathOf(file: Json, wanted: readonly string[]): JSONPath {
  const path: string[] = [];
  for (const name of wanted) {
    const own = properties(nodeAt(file, path)).filter((property) => property.name.toLowerCase() === name.toLowerCase()).at(-1);
    path.push(own?.name ?? name);
  }
  return path;
}

/** The text at a path. `null` is as good as nothing. */
export function textAt(file: Json, ...path: readonly string[]): Slot {
  const found = slot(file, pathOf(file, path), 'string');
  return nodeAt(file, pathOf(file, path))?.type === 'null' ? { span: found.span, write: found.write } : found;
}

const onOff = { read: (raw: string) => (/^true$/i.test(raw) ? true : /^false$/i.test(raw) ? false : undefined), print: String };

/** A switch that is judged only where it is stated: files for an environment state only what differs. */
export function switchAt(file: Json, ...path: readonly string[]): Setting<boolean> | undefined {
  return stated(slot(file, pathOf(file, path), 'literal'), onOff);
}

/** A switch with what holds without it. */
export function switchOr(file: Json, absent: Absent<boolean>, ...path: readonly string[]): Setting<boolean> {
  return setting(slot(file, pathOf(file, path), 'literal'), onOff, absent);
}

/** The value of one word of a connection string, which are compared without case and spaces. */
export function wordOf(text: string, ...names: readonly string[]): string | undefined {
  const wanted = names.map(squeezed);
  return text.split(';').flatMap((part) => {
    const at = part.indexOf('=');
    return at > 0 && wanted.includes(squeezed(part.slice(0, at))) ? [part.slice(at + 1).trim()] : [];
  }).at(-1);
}

/** The text with one word of it set. */
export function withWord(text: string, name: string, value: string): string {
  const parts = text.split(';');
  const own = parts.findIndex((part) => squeezed(part.slice(0, Math.max(0, part.indexOf('=')))) === squeezed(name));
  if (own >= 0) return parts.map((part, i) => (i === own ? `${part.slice(0, part.indexOf('=') + 1)}${value}` : part)).join(';');
  return `${text.replace(/;\s*$/, '')};${name}=${value}`;
}

const squeezed = (name: string) => name.replace(/\s+/g, '').toLowerCase();

/** A hole that a pipeline fills in: `#{Name}#`, `__NAME__`, `${NAME}`. */
export const varies = (text: string) => /\$\{|\$\(|#\{|^__\w+__$|\{\{|@Microsoft\.KeyVault/.test(text);
