import type { Comment } from '#engine/format.js';
import type { Span } from '#engine/text.js';

/** `selectors : KIND secret`, read without keeping more than the rules ask. */
export interface Entry {
  readonly selectors: readonly string[];
  readonly kind: string;
  /** The credential; absent where a file or a prompt stands for it. */
  readonly secret?: string | undefined;
  readonly what: string;
  readonly label: string;
  /** The selectors and the kind: never the credential. */
  readonly span: Span;
}

/** A file of secrets for IPsec, as ipsec.secrets(5) of strongSwan and Libreswan describe it. */
export interface Secrets {
  readonly text: string;
  readonly comments: readonly Comment[];
  readonly entries: readonly Entry[];
}

const nouns: Readonly<Record<string, string>> = { PSK: 'a shared key', EAP: 'a password', XAUTH: 'a password', NTLM: 'the hash a password is checked with', PIN: 'the PIN of a smart card',
  RSA: 'the passphrase of a private key', ECDSA: 'the passphrase of a private key', PKCS8: 'the passphrase of a private key', P12: 'the passphrase of a private key' };

/** Reads a file line by line. Indented lines continue an entry, as Libreswan writes RSA keys; they are not read. */
export function parseSecrets(text: string): Secrets {
  const comments: Comment[] = [];
  const found: Entry[] = [];
  for (let start = 0, stop: number; start < text.length; start = stop + 1) {
    stop = text.indexOf('\n', start);
    if (stop < 0) stop = text.length;
    const words = wordsOf(text, start, stop, comments);
    const colon = words.findIndex(({ value, quoted }) => !quoted && value === ':');
    const kind = words[colon + 1]?.value.toUpperCase();
    if (colon < 0 || kind === undefined || !(kind in nouns)) continue;
    const keyed = kind === 'PSK' || kind === 'EAP' || kind === 'XAUTH' || kind === 'NTLM';
    const word = words[colon + (keyed ? 2 : 3)];
    const selectors = words.slice(0, colon).map(({ value }) => value);
    const span = { start: words[0]!.start, end: words[colon + 1]!.end };
    found.push({ selectors, kind, secret: word && !/^[{%]/.test(word.value) ? word.value : undefined, what: nouns[kind]!, label: labelOf(kind, selectors), span });
  }
  return { text, comments, entries: found };
}

/** Selectors are named only where they look like addresses and names: on a line gone wrong a secret may stand in their place. */
function labelOf(kind: string, selectors: readonly string[]): string {
  const plain = selectors.length > 0 && selectors.length <= 4 && selectors.every((one) => /^@?[\w.%:@-]{1,64}$/.test(one) && !(one.toUpperCase() in nouns));
  return `The line of kind ${kind}${plain ? ` for ${selectors.join(' ')}` : ''}`;
}

function wordsOf(text: string, from: number, to: number, comments: Comment[]): readonly { readonly value: string; readonly start: number; readonly end: number; readonly quoted: boolean }[] {
  const words: { value: string; start: number; end: number; quoted: boolean }[] = [];
  for (let at = from; at < to;) {
    const ch = text[at]!;
    if (ch === ' ' || ch === '\t' || ch === '\r') at++;
    else if (ch === '#') {
      const end = text[to - 1] === '\r' ? to - 1 : to;
      comments.push({ start: at, end, text: text.slice(at + 1, end) });
      return words;
    } else {
      const close = ch === '"' || ch === "'" ? text.indexOf(ch, at + 1) : -1;
      let end = close > 0 && close < to ? close + 1 : at;
      if (end === at) while (end < to && text[end] !== ' ' && text[end] !== '\t' && text[end] !== '\r') end++;
      words.push({ value: close > 0 && close < to ? text.slice(at + 1, close) : text.slice(at, end), start: at, end, quoted: close > 0 && close < to });
      at = end;
    }
  }
  return words;
}

/** The entries of a file. */
export function entries(file: Secrets): readonly Entry[] {
  return file.entries;
}
