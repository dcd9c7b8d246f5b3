import { closeSync, fchmodSync, fchownSync, fsyncSync, openSync, accessSync, constants, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fixed, type Fixed } from '#assistance/fix-loop.js';
import type { Outcome } from '#engine/lint.js';
import { encode, type Encoding } from './workspace-files.js';

/** Applies fixes until none is left: safe ones, or with `review` all of them. See {@link fixed}. */
export function fix(text: string, outcome: Outcome, review: boolean, lint: (text: string) => Outcome | undefined): Pick<Fixed, 'text' | 'applied'> | string {
  const done = fixed(text, outcome, ({ fix }) => review || fix?.safety === 'safe', lint);
  return typeof done === 'string' ? done : { text: done.text, applied: done.applied };
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
