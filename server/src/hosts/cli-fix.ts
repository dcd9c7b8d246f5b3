import { closeSync, fchmodSync, fchownSync, fsyncSync, openSync, accessSync, constants, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Finding, Outcome } from '#engine/lint.js';
import { apply, type Edit, type Span } from '#engine/text.js';
import { encode, type Encoding } from './workspace-files.js';

/** One fix may make room for the next; a file that still changes after this many rounds is left as it was. */
const rounds = 20;

/** A text after its fixes, and how many of its findings are gone. */
export interface Fixed {
  readonly text: string;
  readonly applied: number;
}

/**
 * Applies fixes until none is left. `lint` says what a text would be found to be.
 * @returns the fixed text, or a sentence that says why the text stays as it is
 */
export function fix(text: string, outcome: Outcome, review: boolean, lint: (text: string) => Outcome | undefined): Fixed | string {
  const seen = new Set([text]);
  const before = standing(outcome);
  let now = text;
  let said = outcome;
  for (let round = 0; round < rounds; round++) {
    const next = apply(now, editsOf(said.findings, review));
    if (next === now) {
      const applied = before - standing(said);
      return now === text || applied > 0 ? { text: now, applied } : 'its fixes did not remove what they fix; this is a defect of HIPAA Lint';
    }
    if (seen.has(next)) return 'its fixes undo each other; this is a defect of HIPAA Lint';
    seen.add(next);
    const after = lint(next);
    if (!after || after.failures.length > said.failures.length) return 'the fixed text could not be read again; this is a defect of HIPAA Lint';
    [now, said] = [next, after];
  }
  return 'its fixes come to no end; this is a defect of HIPAA Lint';
}

function standing({ findings }: Outcome): number {
  return findings.filter(({ exception }) => !exception).length;
}

/** The edits of findings that stand, as many as do not collide; where two fixes say the same, once. */
function editsOf(findings: readonly Finding[], review: boolean): readonly Edit[] {
  const taken: Edit[] = [];
  const said = new Set<string>();
  const replaced = new Places();
  const inserted = new Places();
  for (const { fix, exception } of findings) {
    if (!fix || exception || (fix.safety !== 'safe' && !review)) continue;
    const edits = fix.edits();
    const names = edits.map(({ start, end, text }) => `${start} ${end} ${text}`);
    if (names.some((name) => said.has(name)) || edits.some((edit) => replaced.meets(edit) || inserted.meets(edit))) continue;
    taken.push(...edits);
    for (const name of names) said.add(name);
    for (const edit of edits) (edit.start === edit.end ? inserted : replaced).add(edit);
  }
  return taken;
}

/** Spans that do not overlap, in order, so that a file with thousands of findings is not compared each with each. */
class Places {
  readonly #spans: Span[] = [];

  add(span: Span): void {
    this.#spans.splice(this.#after(span.start), 0, span);
  }

  /** Whether a span overlaps one of these; an empty one does so only inside. */
  meets({ start, end }: Span): boolean {
    const at = this.#after(start);
    const meeting = (other: Span | undefined) => other !== undefined && start < other.end && other.start < end;
    // Of several insertions at one place, any stands for all.
    return meeting(this.#spans[at - 1]) || meeting(this.#spans[at]);
  }

  /** The index of the first span that begins behind an offset. */
  #after(offset: number): number {
    let [low, high] = [0, this.#spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#spans[middle]!.start <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * Writes a fixed text where the old one stands, all or nothing, with the encoding, line ends and permissions it had.
 * @returns a sentence that says why it was not written, or nothing
 */
export function write(place: string, before: string, after: string, encoding: Encoding): string | undefined {
  const [old, bytes] = [encode(before, encoding), encode(after, encoding)];
  if (encoding === 'latin1' && bytes.toString('latin1') !== after) return 'its encoding cannot spell what the fix writes; convert it to UTF-8 first';
  try {
    if (!readFileSync(place).equals(old)) return 'it changed while it was read; run the command again';
    accessSync(place, constants.W_OK);
    replace(place, bytes);
    return undefined;
  } catch (error) {
    return `it cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`;
  }
}

/** Writes a file beside the place, then puts it there in one step, so that nobody ever reads half of it. */
export function replace(place: string, bytes: Buffer | string): void {
  const beside = join(dirname(place), `.${basename(place)}.${process.pid}.hipaa-lint`);
  const was = statSync(place, { throwIfNoEntry: false });
  let file: number | undefined;
  try {
    file = openSync(beside, 'wx', was ? was.mode & 0o777 : 0o666);
    const data = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes;
    for (let at = 0; at < data.length;) at += writeSync(file, data, at);
    if (was) {
      fchmodSync(file, was.mode & 0o7777);
      try {
        fchownSync(file, was.uid, was.gid);
      } catch {
        // Only the owner of the system may give files away; the file then belongs to the one who runs the command.
      }
    }
    fsyncSync(file);
    closeSync(file);
    file = undefined;
    renameSync(beside, place);
  } catch (error) {
    if (file !== undefined) closeSync(file);
    rmSync(beside, { force: true });
    throw error;
  }
}
