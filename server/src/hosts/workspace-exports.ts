import type { Analysis } from '#engine/analysis.js';
import type { Export, ExportKind, Format, Inclusion } from '#engine/format.js';

/** A kind and a key: what a file can ask for. */
export type Asked = readonly [kind: ExportKind<unknown>, key: string];

interface Told {
  readonly values: readonly unknown[];
  /** The values as text, to see whether an edit changed what others may know. */
  readonly as: string;
}

/** What a file tells others; nothing where that fails, which is a defect of its format. */
export function exportsOf(format: Format, { tree, path }: Analysis): readonly Export[] {
  try {
    return format.exports?.(tree, path) ?? [];
  } catch {
    return [];
  }
}

/** What the files of a workspace tell each other: kind, then key, then path. Kept up to date file by file. */
export class ExportIndex {
  readonly #told = new Map<ExportKind<unknown>, Map<string, Map<string, Told>>>();
  readonly #byFile = new Map<string, readonly Asked[]>();
  readonly #answers = new Map<ExportKind<unknown>, Map<string, readonly { path: string; value: unknown }[]>>();

  /** Replaces what a file tells, and returns what is different now. Costs nothing that grows with other files. */
  put(path: string, exports: readonly Export[]): readonly Asked[] {
    const before = this.#byFile.get(path) ?? [];
    if (before.length === 0 && exports.length === 0) return [];
    const now = new Map<ExportKind<unknown>, Map<string, unknown[]>>();
    for (const { kind, key, value } of exports) {
      const keys = within(now, kind, () => new Map<string, unknown[]>());
      within(keys, key, () => []).push(value);
    }
    const changed: Asked[] = [];
    for (const [kind, key] of before) {
      if (now.get(kind)?.has(key)) continue;
      this.#told.get(kind)?.get(key)?.delete(path);
      changed.push([kind, key]);
    }
    const all: Asked[] = [];
    for (const [kind, keys] of now) {
      for (const [key, values] of keys) {
        all.push([kind, key]);
        const files = within(within(this.#told, kind, () => new Map<string, Map<string, Told>>()), key, () => new Map<string, Told>());
        const as = JSON.stringify(values);
        if (files.get(path)?.as === as) continue;
        files.set(path, { values, as });
        changed.push([kind, key]);
      }
    }
    if (all.length > 0) this.#byFile.set(path, all);
    else this.#byFile.delete(path);
    for (const [kind, key] of changed) this.#answers.get(kind)?.delete(key);
    return changed;
  }

  /** What all files tell under a key, in the order of their paths. */
  ask(kind: ExportKind<unknown>, key: string): readonly { readonly path: string; readonly value: unknown }[] {
    const files = this.#told.get(kind)?.get(key);
    if (!files || files.size === 0) return [];
    const answers = within(this.#answers, kind, () => new Map<string, readonly { path: string; value: unknown }[]>());
    return within(answers, key, () =>
      [...files].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([path, { values }]) => values.map((value) => ({ path, value }))));
  }

  clear(): void {
    this.#told.clear();
    this.#byFile.clear();
    this.#answers.clear();
  }
}

function within<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

/** What a file takes in. A format that fails takes in nothing. */
export function inclusionsOf(format: Format, { tree, path }: Analysis): readonly Inclusion[] {
  try {
    return format.includes?.(tree, path) ?? [];
  } catch {
    return [];
  }
}

/** Whether files of a format say something of other files, so that they are read before anybody asks for what is found in them. */
export function tells(format: Format | undefined): boolean {
  return format?.exports !== undefined || format?.includes !== undefined;
}
