/** The remedy for a word that is not in a list: the nearest one, or the whole list where it is short. */
export function didYouMean(word: string, words: readonly string[]): string {
  const near = nearest(word, words);
  if (near !== undefined) return `did you mean \`${near}\`?`;
  return words.length <= 12 ? `use one of ${words.map((known) => `\`${known}\``).join(', ')}` : 'see the list in the documentation';
}

/** The word of a list that differs least, if by little enough to be a slip. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  if (word.length > 64) return undefined;
  const wanted = plain(word);
  const scored = words.map((known) => ({ known, slips: distance(wanted, plain(known)) })).sort((a, b) => a.slips - b.slips);
  const best = scored[0];
  return best && best.slips <= Math.max(1, Math.floor(Math.min(wanted.length, best.known.length) / 3)) ? best.known : undefined;
}

const plain = (word: string) => word.toLowerCase().replace(/[\s_-]/g, '');

/** Insertions, deletions, replacements and exchanges of neighbours that turn one word into another. */
function distance(a: string, b: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const exchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2]! + 1 : Infinity;
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, replaced, exchanged));
    }
    [before, row] = [row, next];
  }
  return row[b.length]!;
}
