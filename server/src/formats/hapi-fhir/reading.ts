import { setting, stated, type Absent, type Setting, type Slot } from '#engine/setting.js';
import type { Document, Place, Yaml } from '#notations/yaml.js';

/** Spring reads `allow_Credentials`, `allow-credentials` and `allowCredentials` as one name. */
const relaxed = (name: string) => name.toLowerCase().replace(/[-_]/g, '');

/**
 * The place of a property, however it is spelled and nested: `spring.datasource.url` may stand as one key, as three, or in
 * between. Absent, it is the place where it would be written with the names as given.
 */
export function property(document: Document, path: string): Place {
  const wanted = path.split('.');
  const found = search(document.root, wanted.map(relaxed), 0);
  return found ?? nearest(document.root, wanted);
}

function search(place: Place, wanted: readonly string[], depth: number): Place | undefined {
  if (wanted.length === 0) return place;
  if (depth > 12) return undefined;
  let last: Place | undefined;
  for (const pair of place.pairs) {
    const names = pair.key.split('.', wanted.length + 1).map(relaxed);
    if (names.length > wanted.length || names.some((name, i) => name !== wanted[i])) continue;
    last = search(pair, wanted.slice(names.length), depth + 1) ?? last;
  }
  return last;
}

function nearest(root: Place, wanted: readonly string[]): Place {
  for (let length = wanted.length - 1; length > 0; length--) {
    const parent = search(root, wanted.slice(0, length).map(relaxed), 0);
    if (parent?.kind === 'map') return parent.get(...wanted.slice(length));
  }
  return root.get(...wanted);
}

/** Documents that say something of their own: one with `on-profile` adds to the others. */
export function documentsOf(yaml: Yaml): readonly Document[] {
  return yaml.documents.filter(({ root }) => root.kind === 'map');
}

/** `${NAME}` and `${NAME:default}` are filled in from the environment. */
export const varies = (text: string) => text.includes('${');

/** The slot of a property; one that the environment fills in cannot be known. */
export function slotOf(document: Document, path: string): Slot {
  const { slot } = property(document, path);
  return slot.raw !== undefined && varies(slot.raw) ? { ...slot, obscured: `the environment fills in ${path}` } : slot;
}

const onOff = { read: (raw: string) => (/^true$/i.test(raw) ? true : /^false$/i.test(raw) ? false : undefined), print: String };

/** A switch that is judged only where it is stated. */
export function statedSwitch(document: Document, path: string): Setting<boolean> | undefined {
  return stated(slotOf(document, path), onOff);
}

/** A switch with what holds without it. */
export function switchOf(document: Document, path: string, absent: Absent<boolean>): Setting<boolean> {
  return setting(slotOf(document, path), onOff, absent);
}
