/**
 * Which addresses a pattern lets through, read off the pattern and never tried: `any` of them; any that holds, or begins with, the
 * wanted one (`more`); those of `named` servers; or nobody can say.
 */
export type Reach = 'any' | 'more' | 'named' | 'unknown';

/** From worst to best: of several alternatives the worst decides. */
const order: readonly Reach[] = ['any', 'more', 'unknown', 'named'];

/** Longer ones are not read. */
const longest = 2000;

/** Reads the source of a regular expression that an address is matched against. */
export function reachOf(source: string): Reach {
  if (source.length > longest) return 'unknown';
  const reaches = alternatives(source, 0).map(ofOne);
  return order.find((reach) => reaches.includes(reach)) ?? 'unknown';
}

/** Groups within groups that are taken apart. */
const deepest = 4;

/** The ways a pattern can match, with the brackets around them taken away: `^(a|b)` as `^a` and `^b`. */
function alternatives(source: string, depth: number): readonly string[] {
  const parts = split(source);
  if (parts.length > 1) return depth < deepest ? parts.flatMap((part) => alternatives(part, depth + 1)) : parts;
  const group = /^(\^?)\((?:\?:)?(.*)\)(\$?)$/s.exec(source);
  if (!group || depth >= deepest || !isOneGroup(source)) return parts;
  const [, anchor, inside, end] = group as unknown as [string, string, string, string];
  return split(inside).flatMap((part) => alternatives(`${anchor}${anchor === '' ? part : part.replace(/^\^/, '')}${end}`, depth + 1));
}

/** Whether the bracket that opens a pattern closes at its end. */
function isOneGroup(source: string): boolean {
  const start = source.startsWith('^') ? 1 : 0;
  return split(source.slice(start + 1).replace(/\)\$?$/, ''), -1).length > 0;
}

/** Cuts at the bars that stand in no bracket; nothing where a bracket closes that was not open. */
function split(source: string, least = Number.NEGATIVE_INFINITY): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let inClass = false;
  let from = 0;
  for (let at = 0; at < source.length; at++) {
    const char = source[at];
    if (char === '\\') at++;
    else if (inClass) inClass = char !== ']';
    else if (char === '[') inClass = true;
    else if (char === '(') depth++;
    else if (char === ')') depth--;
    else if (char === '|' && depth === 0) {
      parts.push(source.slice(from, at));
      from = at + 1;
    }
    if (depth <= least) return [];
  }
  return [...parts, source.slice(from)];
}

const scheme = String.raw`https?\??:(?:\\?\/){2}`;
const host = String.raw`(?:[\w-]|\\?\.|\\-)+(?::\d+)?`;
const everything = new RegExp(String.raw`^\^?(?:${scheme})?\(?(?:\.[*+]\??)?\)?\$?$`);
const server = new RegExp(String.raw`^\^${scheme}${host}(.?.?.?)`);
/** A path on the server of the viewer; two slashes would name another server. */
const path = /^\^(?:\\?\.)?\\?\/(?:\\?\w|\[[^\]/]+\]|\[\^\\?\/\])/;

function ofOne(source: string): Reach {
  if (everything.test(source)) return 'any';
  // A group that was not taken apart may begin with the anchor.
  if (source.startsWith('(')) return 'unknown';
  if (!source.startsWith('^')) return 'more';
  if (path.test(source)) return 'named';
  const behind = server.exec(source)?.[1];
  if (behind === undefined || behind.startsWith('(')) return 'unknown';
  // Without a slash behind it, the name may go on: `hospital.example.attacker.example`.
  return /^(?:\\?\/|\[\\?\/\]|\$)/.test(behind) ? 'named' : 'more';
}
