import { unreadReasons, type UnreadReason } from '#engine/unread.js';
import { table } from '#engine/table.js';
import type { UnreadFiles } from './report.js';

/**
 * Text that moves no cursor, changes no colour and turns no direction: file names and values come from anywhere. Line
 * ends become spaces.
 */
export function plain(text: string): string {
  return text
    .replace(/\r?\n|\t/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '\ufffd')
    .replace(/\p{Surrogate}/gu, '\ufffd');
}

/** A path as a relative URI reference; nothing in a name can make it a scheme, a host or a query. */
export function uriOf(path: string): string {
  return path
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}

/** `214 files not read (200 of no known format, 14 excluded)`; nothing where everything was read. */
export function unreadInWords({ counts }: UnreadFiles): string | undefined {
  const words = table({ 'no known format': 'of no known format' }) as Partial<Record<UnreadReason, string>>;
  const told = unreadReasons.filter((reason) => counts[reason] > 0);
  if (told.length === 0) return undefined;
  const sum = told.reduce((all, reason) => all + counts[reason], 0);
  return `${count(sum, 'file')} not read (${told.map((reason) => `${counts[reason]} ${words[reason] ?? reason}`).join(', ')})`;
}

/** `1 error`, `2 errors`. */
export function count(number: number, word: string, many = `${word}s`): string {
  return `${number} ${number === 1 ? word : many}`;
}
