/** Lines around a change that a unified diff shows. */
const context = 3;
/** Beyond this many differing lines the middle is shown as replaced whole: a diff is for reading. */
const largest = 4_000;

/** The change from one text to another as a unified diff, which `git apply` and `patch` take; empty where there is none. */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return '';
  const [a, b] = [linesOf(before), linesOf(after)];
  const steps = difference(a, b);
  const hunks: string[] = [];
  for (let at = 0; at < steps.length;) {
    if (steps[at]!.kind === ' ') {
      at++;
      continue;
    }
    let end = at;
    for (let kept = 0, i = at; i < steps.length && kept <= 2 * context; i++) {
      kept = steps[i]!.kind === ' ' ? kept + 1 : 0;
      if (kept === 0) end = i + 1;
    }
    const from = Math.max(0, at - context);
    const part = steps.slice(from, Math.min(steps.length, end + context));
    const first = steps[from]!;
    const size = (kind: '+' | '-') => part.filter((step) => step.kind !== kind).length;
    const range = (start: number, length: number) => `${length === 0 ? start : start + 1}${length === 1 ? '' : `,${length}`}`;
    hunks.push(
      `@@ -${range(first.a, size('+'))} +${range(first.b, size('-'))} @@\n`,
      ...part.map(({ kind, line }) => `${kind}${line}${line.endsWith('\n') ? '' : '\n\\ No newline at end of file\n'}`),
    );
    at = end;
  }
  return `--- a/${path}\n+++ b/${path}\n${hunks.join('')}`;
}

interface Step {
  readonly kind: ' ' | '-' | '+';
  readonly line: string;
  /** The lines of either text before this one. */
  readonly a: number;
  readonly b: number;
}

function linesOf(text: string): readonly string[] {
  const lines: string[] = [];
  for (let start = 0, end: number; start < text.length; start = end) {
    end = text.indexOf('\n', start) + 1 || text.length;
    lines.push(text.slice(start, end));
  }
  return lines;
}

/** The steps from one list to the other along their longest common sequence, found between equal head and tail. */
function difference(a: readonly string[], b: readonly string[]): readonly Step[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const [rows, columns] = [a.length - head - tail, b.length - head - tail];
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  const step = (kind: Step['kind']) => {
    steps.push({ kind, line: kind === '+' ? b[j]! : a[i]!, a: i, b: j });
    if (kind !== '+') i++;
    if (kind !== '-') j++;
  };
  while (i < head) step(' ');
  const common = rows * columns <= largest * largest ? commonLengths(a, b, head, rows, columns) : undefined;
  while (i < head + rows || j < head + columns) {
    const [x, y] = [i - head, j - head];
    if (x < rows && y < columns && a[i] === b[j]) step(' ');
    else if (x < rows && (y >= columns || !common || common[x + 1]![y]! >= common[x]![y + 1]!)) step('-');
    else step('+');
  }
  while (i < a.length) step(' ');
  return steps;
}

function commonLengths(a: readonly string[], b: readonly string[], head: number, rows: number, columns: number): readonly Uint16Array[] {
  const lengths = Array.from({ length: rows + 1 }, () => new Uint16Array(columns + 1));
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--)
      lengths[i]![j] = a[head + i] === b[head + j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
  }
  return lengths;
}
