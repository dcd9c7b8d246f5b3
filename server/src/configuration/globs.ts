import { withoutTail } from '#engine/text.js';
import { choicesOf, Globs, mostChoices } from '#engine/glob.js';

/**
 * Why a pattern is not one this product takes; `undefined` for a good one.
 */
export function problemOfGlob(glob: string): string | undefined {
  if (glob.trim() === '' || glob === '/') return 'the pattern is empty; write a file, a folder or a pattern such as `backup/**`';
  if (glob.length > 256) return 'the pattern is longer than 256 characters; split it';
  if (glob.includes('\\')) return 'write folders with `/`, on Windows too';
  if (/[()|^]|[\]}]\+/.test(glob) || glob.startsWith('!')) return 'use only `*`, `**`, `?`, `[…]` and `{a,b}` in a pattern';
  if (glob.startsWith('../') || glob.includes('/../') || glob === '..') return 'a pattern begins at the root of the workspace and cannot leave it';
  const names = glob.split('/');
  if (names.some((name) => name !== '**' && (name.match(/\*/g)?.length ?? 0) > 3)) return 'a name may hold at most three `*`';
  if (names.filter((name) => name === '**').length > 4) return 'a pattern may hold at most four `**`';
  if (!choicesOf(glob)) return `the choices in braces come to more than ${mostChoices} patterns; split it`;
  return undefined;
}

/**
 * A pattern from the root of the workspace, as every reader of patterns takes it. As in `.gitignore`, a name without a
 * slash is meant in every folder, a slash at the start means the root, and one at the end a folder with all in it.
 */
export function fromRoot(glob: string): string {
  const bare = withoutTail(glob.replace(/^\.?\/+/, ''), '/');
  const folder = glob.endsWith('/');
  const anchored = glob.startsWith('/') || bare.includes('/');
  return `${anchored ? '' : '**/'}${bare}${folder ? '/**' : ''}`;
}

/** Whether a path from the root is what any of the patterns means, or lies in a folder that is. */
export function matcherOf(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  const all = new Globs(globs.map((glob) => (glob.endsWith('/**') ? glob : `${glob}/**`)), { hidden: true, anyCase: true });
  return (path) => all.matches(path);
}
