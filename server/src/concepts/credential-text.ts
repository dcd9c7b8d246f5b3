import { userinfoIn } from '#engine/confidential.js';
import type { Span } from '#engine/text.js';

/** How far behind a key its credential is looked for, in UTF-16 units, where the statement holds the key alone. */
const reach = 4_000;

/**
 * Where the credential of a statement stands: the password of an address, what follows a word such as `password`, else the
 * last word. A statement that is only a key goes on to the end of its line; an element, or a heredoc, to its end.
 */
export function credentialsNear(text: string, { start, end }: Span): readonly Span[] {
  const stretch = stretchOf(text, start, end);
  const statement = text.slice(stretch.start, stretch.end);
  const moved = (spans: readonly Span[]) => spans.map((span) => ({ start: span.start + stretch.start, end: span.end + stretch.start }));
  const inAddress = userinfoIn(statement);
  if (inAddress.length > 0) return moved(inAddress);
  const words = wordsOf(statement);
  const saidOf = (word: Span) => statement.slice(word.start, word.end);
  if (stretch.isBlock) return moved(words.filter((word) => !/^\/|^-----|-----$/.test(saidOf(word))));
  const named = words.flatMap((word, at) => {
    if (!names(saidOf(word)) || statement[word.start - 1] === '{') return [];
    const value = words.slice(at + 1, at + 6).find((next) => !isFiller(saidOf(next)));
    return value && !names(saidOf(value)) && value.end - value.start > 1 ? [value] : [];
  });
  if (named.length > 0) return moved(named.map((word) => quoted(statement, word)));
  const last = words.filter((word) => !isFiller(saidOf(word))).at(-1);
  return last && (words.length > 1 || stretch.isValue) ? moved([quoted(statement, last)]) : [];
}

/** The place of a credential whose text is known, at or behind an offset. */
export function credentialAt(text: string, credential: string, from: number): Span | undefined {
  const start = text.slice(from, from + reach).indexOf(credential);
  return start < 0 || credential === '' ? undefined : { start: from + start, end: from + start + credential.length };
}

/** The whole of a text in quotes that begins or ends with a word. */
function quoted(statement: string, { start, end }: Span): Span {
  for (const quote of ['"', "'"]) {
    if (statement[start - 1] === quote) {
      const closing = statement.indexOf(quote, end);
      return { start, end: closing < 0 ? end : closing };
    }
    if (statement[end] === quote) {
      const opening = statement.lastIndexOf(quote, start - 1);
      return { start: opening < 0 ? start : opening + 1, end };
    }
  }
  return { start: statement[start] === '-' && statement[start - 1] === ':' ? start + 1 : start, end };
}

interface Stretch extends Span {
  /** The text of an element: a key of many lines. */
  readonly isBlock?: boolean;
  /** The span was a value and no key. */
  readonly isValue?: boolean;
}

function stretchOf(text: string, start: number, end: number): Stretch {
  const said = text.slice(start, Math.min(end, start + reach)).trim();
  const tag = /^<([\w-]{1,60})>$/.exec(said)?.[1];
  if (tag !== undefined) {
    const closing = text.slice(end, end + reach).indexOf(`</${tag}>`);
    return { start: end, end: closing < 0 ? lineEndFrom(text, end) : end + closing, isBlock: closing >= 0 && text.slice(end, end + closing).includes('\n') && tag === tag.toLowerCase(), isValue: true };
  }
  // A key alone: its value follows, on the line or below what opens there.
  const isKey = /^[\w.$"'`-]*\w["'`]?$/.test(said) && (/^["'`]?\]?\s*[=:(]/.test(text.slice(end, end + 120)) || /^[a-z_]+$/.test(said) && /^[ \t]+[^\s#;]/.test(text.slice(end, end + 120)));
  if (isKey || /[:*]$|: *[A-Z]+$|^\S+ \S+$/.test(said) && !said.includes('=') && !/["'>]$/.test(said) && wordsOf(said).length < 3) {
    let to = lineEndFrom(text, end);
    if (/[{([=]\s*$/.test(text.slice(end, to))) to = Math.min(text.length, lineEndFrom(text, lineEndFrom(text, to + 1) + 1));
    return { start, end: to };
  }
  return { start, end: start + Math.min(end - start, reach), isValue: true };
}

function lineEndFrom(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** The words of a statement: between blanks, quotes, brackets, `=`, `:`, `,` and `;`. */
function wordsOf(statement: string): readonly Span[] {
  return [...statement.matchAll(/[^\s"'`<>,;()[\]{}=:|\\]+/g)].map(({ 0: word, index }) => ({ start: index, end: index + word.length }));
}

/** Words that a credential follows. */
function names(word: string): boolean {
  return /(pass|passwd|password|passphrase|pwd|pin|secrets?|psk|token|community|apikey|key|md5|keymaterial|credential|bearer|basic|pass1|requirepass|cookie|key-string|PSK|EAP|XAUTH|RSA)\d?$/i.test(word.slice(-40));
}

/** Words between a name and its credential: its encoding, the element it is in, an operator. */
function isFiller(word: string): boolean {
  return /^(\d|\/.*|string|data|value|val|default|plaintext|hex|dword|sz|type|echo|hash|s?sha\d*|md5|crypt|authorization|true|false|.)$/i.test(word);
}
