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

/** `1 error`, `2 errors`. */
export function count(number: number, word: string, many = `${word}s`): string {
  return `${number} ${number === 1 ? word : many}`;
}
