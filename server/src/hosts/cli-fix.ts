import {
  accessSync, closeSync, constants, fchmodSync, fchownSync, fsyncSync, ftruncateSync, openSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeSync,
} from 'node:fs';
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

/**
 * Writes a file. One that is there and plain is replaced in one step, so that nobody ever reads half of it; one with several names is
 * written where it stands, so that all of them stay names of one file. What is no plain file, such as a device or a pipe, is written into.
 */
export function replace(place: string, bytes: Uint8Array | string): void {
  const data = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes;
  const was = statSync(place, { throwIfNoEntry: false });
  if (was && (!was.isFile() || was.nlink > 1)) return writeInto(place, data, was.isFile());
  // A link stays a link: what it leads to is replaced.
  const real = was ? realpathSync(place) : place;
  const [folder, name] = [dirname(real), basename(real).slice(0, 100)];
  removeLeft(folder, name);
  const beside = join(folder, `.${name}.${process.pid}.hipaa-lint`);
  let file: number | undefined;
  try {
    file = openSync(beside, 'wx', was ? was.mode & 0o777 : 0o666);
    writeAll(file, data);
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
    renameSync(beside, real);
  } catch (error) {
    if (file !== undefined) closeSync(file);
    rmSync(beside, { force: true });
    throw error;
  }
}

function writeInto(place: string, data: Uint8Array, isPlain: boolean): void {
  const file = openSync(place, isPlain ? 'r+' : 'w');
  try {
    writeAll(file, data);
    if (!isPlain) return;
    ftruncateSync(file, data.length);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, data: Uint8Array): void {
  for (let at = 0; at < data.length;) at += writeSync(file, data, at);
}

/** Removes what runs that were killed left beside a file. */
function removeLeft(folder: string, name: string): void {
  for (const left of readdirSync(folder)) {
    if (!left.startsWith(`.${name}.`) || !left.endsWith('.hipaa-lint')) continue;
    const pid = left.slice(name.length + 2, -'.hipaa-lint'.length);
    if (/^\d{1,10}$/.test(pid) && !isRunning(Number(pid))) rmSync(join(folder, left), { force: true });
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
