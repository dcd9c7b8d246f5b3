import { closeSync, fchmodSync, fchownSync, fsyncSync, openSync, accessSync, constants, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { together } from '#assistance/together.js';
import type { Finding, Outcome } from '#engine/lint.js';
import { apply } from '#engine/text.js';
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
  let now = text;
  let said = outcome;
  for (let round = 0; round < rounds; round++) {
    const next = apply(now, together(fixable(said, review)));
    if (next === now) {
      const applied = gone(outcome, said);
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

function fixable({ findings }: Outcome, review: boolean): readonly Finding[] {
  return findings.filter(({ fix, exception }) => fix && !exception && (fix.safety === 'safe' || review));
}

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

/**
 * Writes a fixed text where the old one stands, all or nothing, with the encoding, line ends and permissions it had.
 * @returns a sentence that says why it was not written, or nothing
 */
export function write(place: string, before: string, after: string, encoding: Encoding): string | undefined {
  const [old, bytes] = [encode(before, encoding), encode(after, encoding)];
  if (encoding === 'latin1' && /[^\0-\xff]/.test(after)) return 'its encoding cannot spell what the fix writes; convert it to UTF-8 first';
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
export function replace(place: string, bytes: Uint8Array | string): void {
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
