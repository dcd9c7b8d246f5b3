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
