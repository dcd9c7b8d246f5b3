import type { Comment } from '#engine/format.js';
import type { Span } from '#engine/text.js';
import { table } from '#engine/table.js';
import { wordsOf } from '#notations/words.js';

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
  /** What the include lines name. */
  readonly includes: readonly string[];
}

const nouns: Readonly<Record<string, string>> = table({ PSK: 'a shared key', EAP: 'a password', XAUTH: 'a password', NTLM: 'the hash a password is checked with', PIN: 'the PIN of a smart card',
  RSA: 'the passphrase of a private key', ECDSA: 'the passphrase of a private key', PKCS8: 'the passphrase of a private key', P12: 'the passphrase of a private key' });

/** Reads a file line by line. Indented lines continue an entry, as Libreswan writes RSA keys; they are not read. */
export function parseSecrets(text: string): Secrets {
  const comments: Comment[] = [];
  const found: Entry[] = [];
  const includes: string[] = [];
  for (let start = 0, stop: number; start < text.length; start = stop + 1) {
    stop = text.indexOf('\n', start);
    if (stop < 0) stop = text.length;
    const words = wordsOf(text, start, stop, comments);
    if (words[0]?.value === 'include' && words[1]) includes.push(words[1].value);
    const colon = words.findIndex(({ value, quoted }) => !quoted && value === ':');
    const kind = words[colon + 1]?.value.toUpperCase();
    if (colon < 0 || kind === undefined || !(kind in nouns)) continue;
    const keyed = kind === 'PSK' || kind === 'EAP' || kind === 'XAUTH' || kind === 'NTLM';
    const word = words[colon + (keyed ? 2 : 3)];
    const selectors = words.slice(0, colon).map(({ value }) => value);
    const span = { start: words[0]!.start, end: words[colon + 1]!.end };
    found.push({ selectors, kind, secret: word && !/^[{%]/.test(word.value) ? word.value : undefined, what: nouns[kind]!, label: labelOf(kind, selectors), span });
  }
  return { text, comments, entries: found, includes };
}

/** Selectors are named only where they look like addresses and names: on a line gone wrong a secret may stand in their place. */
function labelOf(kind: string, selectors: readonly string[]): string {
  const plain = selectors.length > 0 && selectors.length <= 4 && selectors.every((one) => /^@?[\w.%:@-]{1,64}$/.test(one) && !(one.toUpperCase() in nouns));
  return `The line of kind ${kind}${plain ? ` for ${selectors.join(' ')}` : ''}`;
}

/** The entries of a file. */
export function entries(file: Secrets): readonly Entry[] {
  return file.entries;
}
