import { text, yesNo } from '#engine/codec.js';
import { documented } from '#engine/release.js';
import { setting, stated, type Codec, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { elements, nodeAt, placeOf, slot, type Json, type JSONPath, type Writing } from '#notations/json.js';

/** Where the fields of the API and their defaults are described. */
export const source = documented('Android Management API', 'version 1', 'Policy');

const switches = yesNo(['true'], ['false']);

/** One policy: the file itself, or an element of the list a `policies.list` call gives. */
export interface Policy {
  readonly path: JSONPath;
  readonly span: Span;
  /** The device shows one app or a launcher of its own, and nobody unlocks it by hand. */
  readonly kiosk: boolean;
}

export function policies(file: Json): readonly Policy[] {
  const list = nodeAt(file, ['policies']);
  const paths: readonly JSONPath[] = list?.type === 'array' ? elements(list).map((_, i) => ['policies', i]) : file.root?.type === 'object' ? [[]] : [];
  return paths.map((path) => {
    const node = nodeAt(file, path)!;
    const kiosk = nodeAt(file, [...path, 'kioskCustomLauncherEnabled'])?.value === true || elements(nodeAt(file, [...path, 'applications'])).some((app) =>
      app.children?.some((property) => property.children?.[0]?.value === 'installType' && property.children[1]?.value === 'KIOSK'));
    return { path, span: { start: node.offset, end: node.offset + 1 }, kiosk };
  });
}

/** The words at a place, stated or not. */
export function raw(file: Json, path: JSONPath): string | undefined {
  const node = nodeAt(file, path);
  return node && (node.type === 'string' || node.type === 'number' || node.type === 'boolean') ? String(node.value) : undefined;
}

/** A field with its documented default; without one it is read only where it is stated. */
export function field<T>(file: Json, path: JSONPath, writing: Writing, codec: Codec<T>, otherwise?: T, absentAt?: Span): Setting<T> | undefined {
  const place = slot(file, path, writing, absentAt);
  return otherwise === undefined ? stated(place, codec) : setting(place, codec, { value: otherwise, source });
}

/** A switch that is read only where it is stated. */
export const flag = (file: Json, path: JSONPath): Setting<boolean> | undefined => field(file, path, 'literal', switches);

/** A word of the API that is read only where it is stated. */
export const word = (file: Json, path: JSONPath): Setting<string> | undefined => field(file, path, 'string', text);

/** The span of a property, for facts that are made by it. */
export function at(file: Json, path: JSONPath): Span | undefined {
  const node = nodeAt(file, path);
  return node && placeOf(node);
}

