/**
 * Text from a file as Markdown that reads the same: every punctuation mark loses its meaning, so that neither links,
 * images nor HTML can come from a file. Line ends become spaces.
 */
export function escaped(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** Text as a code span, however many backticks it holds. */
export function code(text: string): string {
  const plain = text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ');
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 || plain.trim() === '' ? `${fence} ${plain} ${fence}` : `${fence}${plain}${fence}`;
}
