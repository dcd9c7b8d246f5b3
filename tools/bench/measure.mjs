// @ts-check
/** What the parts of the bench measure with. */
import { readFileSync } from 'node:fs';
import { cpus, freemem, loadavg, totalmem } from 'node:os';

/** @param {readonly number[]} samples @param {number} share */
export function quantile(samples, share) {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/** @param {number} value */
export const ms = (value) => value.toFixed(1).padStart(7);

/** The machine and how busy it is: figures of a busy one say little, but its processor's time does. */
export function machine() {
  const [one, five] = loadavg();
  const gigabytes = (/** @type {number} */ bytes) => (bytes / 2 ** 30).toFixed(1);
  return `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), load ${one?.toFixed(1)} (${five?.toFixed(1)}), `
    + `${gigabytes(freemem())} of ${gigabytes(totalmem())} GB free`;
}

/** The processor's time a process has used, in milliseconds, and its memory, in MB; where the system says so. @param {number | undefined} pid */
export function usage(pid) {
  try {
    // Behind the name of the program, which may hold anything, come the fields by number: 14 and 15 are the time in hundredths of a second.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { cpu: 10 * (Number(fields[11]) + Number(fields[12])), memory: (Number(fields[21]) * 4096) / 1e6 };
  } catch {
    return { cpu: NaN, memory: NaN };
  }
}
