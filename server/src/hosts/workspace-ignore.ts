import { Globs } from '#engine/glob.js';

/** What the patterns of one `.gitignore` say of a path below its folder. */
export type Ignored = 'ignored' | 'kept' | undefined;

/**
 * Reads a `.gitignore` as gitignore(5) describes it: the last pattern that matches decides, `!` keeps, a slash at the end means folders, and a
 * pattern with a slash elsewhere begins at the folder of the file. Nothing in it can make matching slow.
 * @returns what is said of a path; that of a folder ends with a slash
 */
export function ignoring(text: string): (path: string) => Ignored {
  const lines = text.split('\n').flatMap((line) => patternOf(line) ?? []);
  const globs = new Globs(lines.map(({ glob }) => glob), { hidden: true, anyCase: true, choices: false, within: true });
  return (path) => {
    const isFolder = path.endsWith('/');
    let last = -1;
    for (const number of globs.numbers(isFolder ? path.slice(0, -1) : path)) if (number > last && (isFolder || !lines[number]!.folders)) last = number;
    return last < 0 ? undefined : lines[last]!.keeps ? 'kept' : 'ignored';
  };
}

function patternOf(line: string): { readonly glob: string; readonly keeps: boolean; readonly folders: boolean } | undefined {
  if (line.startsWith('#')) return undefined;
  let said = line.endsWith('\r') ? line.slice(0, -1) : line;
  // Blanks at the end count where a backslash stands before them.
  while (said.endsWith(' ') && !said.endsWith('\\ ')) said = said.slice(0, -1);
  const keeps = said.startsWith('!');
  if (keeps) said = said.slice(1);
  const folders = said.endsWith('/');
  if (folders) said = said.slice(0, -1);
  if (said === '' || said === '/') return undefined;
  const anchored = said.includes('/');
  const bare = said.startsWith('/') ? said.slice(1) : said;
  return { glob: anchored ? bare : `**/${bare}`, keeps, folders };
}
