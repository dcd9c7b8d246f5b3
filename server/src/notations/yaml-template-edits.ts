import type { Edit } from '#engine/text.js';
import type { Masked, Token } from './yaml-templates.js';
import type { Place } from './yaml.js';

/**
 * The edits at a place, or none of them where one would break the template that the file is: take a token away, part a key from the
 * token that fills it in, or bring lines into a condition that its map is not under.
 */
export function unbroken(place: Place, edits: readonly Edit[]): readonly Edit[] {
  const { masked, text } = place.document.yaml;
  if (masked.tokens.length === 0 || edits.length === 0) return edits;
  const owner = ownerOf(place);
  return edits.every((edit) => keeps(masked, text, owner, edit)) ? edits : [];
}

/** Where that which is written to begins: the place itself, or the nearest thing around it that is there. */
function ownerOf(place: Place): number {
  let at: Place | undefined = place;
  while (at && !at.exists) at = at.parent;
  const from = place.document.start;
  return from + (at?.pair?.keyStart ?? at?.node?.start ?? place.document.body.root.start);
}

function keeps({ tokens }: Masked, text: string, owner: number, { start, end, text: said }: Edit): boolean {
  const next = firstBehind(tokens, start);
  if (next < tokens.length && tokens[next]!.start < end) return false;
  const old = text.slice(start, end);
  if (!old.includes('\n') && !said.includes('\n')) return true;
  const [before, behind] = [tokens[next - 1], neighbour(tokens, next, text, end)];
  // A token that trims what stands behind it would join what is written there to what stands before it.
  if (before && /[-~][}%]\}$/.test(text.slice(before.start, before.end)) && isBlank(text, before.end, start)) return false;
  const takesAway = said.trim() === '' || said.split('\n').length < old.split('\n').length;
  if (behind?.kind === 'output' || behind?.kind === 'else' && takesAway) return false;
  if (behind?.kind === 'open' && (takesAway || isOpenKey(text, start))) return false;
  return nested(tokens, owner).startsWith(nested(tokens, start));
}

/** The token that directly follows an offset, comments and assignments left aside. */
function neighbour(tokens: readonly Token[], from: number, text: string, offset: number): Token | undefined {
  let at = offset;
  for (let i = from; i < tokens.length && isBlank(text, at, tokens[i]!.start); at = tokens[i++]!.end) {
    if (tokens[i]!.kind !== 'other') return tokens[i];
  }
  return undefined;
}

const isBlank = (text: string, start: number, end: number) => end - start < 10_000 && text.slice(start, end).trim() === '';

/** Whether the line that an offset ends is a key that waits for its value. */
function isOpenKey(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /:[ \t]*(?:#[^\n]*)?$/.test(line);
}

/** Which branches of conditions an offset is under, the outermost first: the offsets at which they begin. */
function nested(tokens: readonly Token[], offset: number): string {
  const open: number[] = [];
  for (const { kind, end } of tokens.slice(0, firstBehind(tokens, offset))) {
    if (kind === 'open') open.push(end);
    else if (kind === 'close') open.pop();
    else if (kind === 'else' && open.length > 0) open[open.length - 1] = end;
  }
  return open.map((at) => `${at},`).join('');
}

/** The number of the first token that ends behind an offset, found by halving. */
function firstBehind(tokens: readonly Token[], offset: number): number {
  let low = 0;
  for (let high = tokens.length; low < high;) {
    const middle = (low + high) >> 1;
    if (tokens[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
