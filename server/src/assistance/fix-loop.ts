import type { Finding, Outcome } from '#engine/lint.js';
import { apply, type Edit } from '#engine/text.js';
import { together } from './together.js';

/** A text after its fixes, and how many of its findings are gone. */
export interface Fixed {
  readonly text: string;
  readonly applied: number;
  /** The edits that lead there, where all were made at once: they leave more of the text alone than the difference of the whole. */
  readonly edits?: readonly Edit[];
}

/** One fix may make room for the next. Each finding may need a round of its own, where all are fixed at one place; a ring ends here. */
const [spare, mostRounds] = [20, 200];

/** By how much fixes may lengthen a text, in UTF-16 units: twice, and room for what a short file lacks. */
const room = (length: number) => 2 * length + 100_000;

/**
 * Applies fixes again and again until none is left: the one loop of the editor, the command line and the library. `lint` says what a
 * text would be found to be.
 * @returns the fixed text, or a clause that says why the text stays as it is: fixes that go in circles, grow without end, break what
 * could be read, or leave what they fix
 */
export function fixed(text: string, outcome: Outcome, wanted: (finding: Finding) => boolean, lint: (text: string) => Outcome | undefined): Fixed | string {
  const seen = new Set([text]);
  const open = ({ findings }: Outcome) => findings.filter((finding) => finding.fix && !finding.exception && wanted(finding));
  const rounds = Math.min(mostRounds, spare + open(outcome).length);
  let now = text;
  let said = outcome;
  let first: readonly Edit[] | undefined;
  for (let round = 0; round < rounds; round++) {
    const edits = together(open(said), now);
    const next = apply(now, edits);
    if (next === now) {
      const applied = gone(outcome, said);
      if (now === text) return { text, applied };
      return applied > 0 ? { text: now, applied, ...(first && { edits: first }) } : `its fixes did not remove what they fix; ${defect}`;
    }
    if (seen.has(next)) return `its fixes undo each other; ${defect}`;
    if (next.length > room(text.length)) return `its fixes come to no end; ${defect}`;
    seen.add(next);
    const after = lint(next);
    if (!after || after.failures.length > said.failures.length) return `the fixed text could not be read again; ${defect}`;
    [now, said] = [next, after];
    first = round === 0 ? edits : undefined;
  }
  return `its fixes come to no end; ${defect}`;
}

const defect = 'this is a defect of HIPAA Lint';

/** How many findings of one outcome are not in another. What a fix brings to light, such as a missing log of what is now dropped, does not count against it. */
function gone(before: Outcome, after: Outcome): number {
  const left = new Map<string, number>();
  const nameOf = ({ rule, message }: Finding) => `${rule} ${message}`;
  for (const finding of after.findings) left.set(nameOf(finding), (left.get(nameOf(finding)) ?? 0) + 1);
  return before.findings.filter((finding) => {
    const count = left.get(nameOf(finding)) ?? 0;
    left.set(nameOf(finding), count - 1);
    return !finding.exception && count <= 0;
  }).length;
}

/** Whether one fix, made alone, takes away what it fixes and breaks nothing that could be read. */
export function helps(finding: Finding, outcome: Outcome, after: Outcome | undefined): boolean {
  if (!after || after.failures.length > outcome.failures.length) return false;
  const alike = ({ findings }: Outcome) => findings.filter(({ rule, message }) => rule === finding.rule && message === finding.message).length;
  return alike(after) < alike(outcome);
}
