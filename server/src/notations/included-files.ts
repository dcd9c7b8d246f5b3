import { globMatcher } from '#engine/glob.js';

/**
 * Where a file that a configuration names may lie in the workspace, likeliest first, as paths or globs from the root; never
 * outside of it. Relative names start from the folder of the naming file. An absolute one is looked for below a folder that
 * mirrors it, so that a copy of `/etc` is read as the program would; below the folder of the naming file, where it lies in
 * one of the folders that program keeps its configuration in (`homes`); and from the root.
 */
export function placesOf(target: string, from: string, homes: readonly string[]): readonly string[] {
  if (target === '' || /[$\\{}]/.test(target)) return [];
  const folder = from.split('/').slice(0, -1);
  const parts = target.split('/').filter((part) => part !== '' && part !== '.');
  if (!target.startsWith('/')) {
    const out = [...folder];
    for (const part of parts) {
      if (part !== '..') out.push(part);
      else if (out.pop() === undefined) return [];
    }
    return [out.join('/')];
  }
  if (parts.includes('..')) return [];
  const found = new Set<string>();
  for (let keep = folder.length - 1; keep >= 0; keep--) {
    const run = folder.slice(keep);
    if (run.every((part, i) => parts[i] === part)) found.add([...folder.slice(0, keep), ...parts].join('/'));
  }
  for (const home of homes) if (target.startsWith(home)) found.add([...folder, target.slice(home.length)].join('/'));
  found.add(parts.join('/'));
  return [...found];
}

/**
 * What a file takes in, found by the path of what is taken in and in the order of the file: a file that includes thousands is
 * looked through once. `items` are its statements with the paths and globs they may mean.
 */
export function byPath<T>(items: Iterable<readonly [places: readonly string[], item: T]>): (path: string) => readonly T[] {
  const all: T[] = [];
  const exact = new Map<string, number[]>();
  const globs = new Map<string, { readonly matches: (path: string) => boolean; readonly at: number }[]>();
  for (const [places, item] of items) {
    const at = all.push(item) - 1;
    for (const place of places) {
      const magic = place.search(/[*?[\]{}()!\\]/);
      if (magic < 0) put(exact, place, at);
      else put(globs, place.slice(0, place.lastIndexOf('/', magic) + 1), { matches: globMatcher(place), at });
    }
  }
  return (path) => {
    const found = new Set(exact.get(path));
    for (let end = path.length; end > 0;) {
      end = path.lastIndexOf('/', end - 1) + 1;
      for (const { matches, at } of globs.get(path.slice(0, end)) ?? []) if (matches(path)) found.add(at);
      end--;
    }
    return [...found].sort((a, b) => a - b).map((at) => all[at]!);
  };
}

function put<V>(map: Map<string, V[]>, key: string, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
