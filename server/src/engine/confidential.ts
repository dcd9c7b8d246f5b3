import type { Analysis } from './analysis.js';
import type { Format } from './format.js';
import type { Query } from './query.js';
import type { Span } from './text.js';

/**
 * The one gate before everything that is printed of a file: messages, values found, reasons, texts of fixes in reports. It
 * knows every credential the format finds in the file, and the passwords in addresses whoever wrote them.
 */
export interface Confidential {
  /** The text with asterisks where a credential stood. */
  mask(text: string): string;
  /** Whether a text would let a credential out. */
  holds(text: string): boolean;
}

/** What stands for a credential in what is printed. */
export const masked = '***';

/** Shorter texts are in too many words to be looked for in one: a community `ro`, a PIN `123`. */
const shortest = 4;

/** Words that credentials were shipped with are in the manuals, and messages are made of them. */
const common = /^(password|passwd|passphrase|secret|admin|administrator|user|root|public|private|default|test|guest|token|none|true|false|encrypted|clear)$/i;

const gate: Query<Confidential> = { name: 'confidential', select: () => [] };

/** The gate for what is said of one file. */
export function confidentialOf(analysis: Analysis, format: Format | undefined): Confidential {
  return analysis.once(gate, () => [gateFor(credentialsOf(analysis, format))])[0]!;
}

/** The texts of the credentials of a file. */
export function credentialsOf(analysis: Analysis, format: Format | undefined): readonly string[] {
  return credentialsIn(analysis, format).flatMap(({ start, end }) => {
    const text = analysis.text.slice(start, end);
    // Of a key of many lines, or a script with one in it, every line is kept back.
    return text.includes('\n') ? text.split('\n').map((line) => line.trim()).filter(({ length }) => length >= 8) : [text];
  });
}

/** A gate that knows these credentials, and the passwords in addresses. */
export function gateFor(credentials: readonly string[]): Confidential {
  const secrets = new Secrets();
  for (const text of credentials) secrets.add(text);
  return {
    mask: (text) => maskedUserinfo(secrets.mask(text)),
    holds: (text) => secrets.findIn(text, 0) !== undefined || maskedUserinfo(text) !== text,
  };
}

/** Where the credentials of a file stand, as far as its format knows them. */
export function credentialsIn(analysis: Analysis, format: Format | undefined): readonly Span[] {
  const concepts = new Set((format?.facts ?? []).map(({ concept }) => concept));
  return [...concepts].flatMap((concept) => {
    if (!concept.credentials) return [];
    try {
      return analysis.facts(concept).flatMap((fact) => concept.credentials!(fact, analysis.text));
    } catch {
      // The rule that asked for the same facts says that it failed.
      return [];
    }
  });
}

/** Texts to be found in others, by how they begin, so that a file of many credentials costs no more than one of few. */
class Secrets {
  readonly #byHead = new Map<string, { readonly lengths: number[]; readonly texts: Set<string> }>();

  add(text: string): void {
    if (text.length < shortest || common.test(text)) return;
    const head = text.slice(0, shortest);
    const alike = this.#byHead.get(head) ?? { lengths: [], texts: new Set() };
    this.#byHead.set(head, alike);
    if (!alike.texts.has(text) && !alike.lengths.includes(text.length)) alike.lengths.push(text.length);
    alike.texts.add(text);
  }

  /** The first place from an offset where one of them stands as a word of its own; the longest of those that begin there. */
  findIn(text: string, from: number): Span | undefined {
    if (this.#byHead.size === 0) return undefined;
    for (let start = from; start + shortest <= text.length; start++) {
      if (start > 0 && isWord(text.charCodeAt(start - 1)) && isWord(text.charCodeAt(start))) continue;
      const alike = this.#byHead.get(text.slice(start, start + shortest));
      if (!alike) continue;
      const fits = alike.lengths.filter((length) => start + length <= text.length && alike.texts.has(text.slice(start, start + length)) &&
        !(isWord(text.charCodeAt(start + length - 1)) && isWord(text.charCodeAt(start + length))));
      if (fits.length > 0) return { start, end: start + Math.max(...fits) };
    }
    return undefined;
  }

  mask(text: string): string {
    let result = '';
    let at = 0;
    for (let found = this.findIn(text, 0); found; found = this.findIn(text, at)) {
      result += text.slice(at, found.start) + masked;
      at = found.end;
    }
    return at === 0 ? text : result + text.slice(at);
  }
}

/** Letters, digits, the underscore and everything beyond ASCII. Nothing behind the end of a text. */
function isWord(code: number): boolean {
  return code >= 48 && code <= 57 || code >= 65 && code <= 90 || code >= 97 && code <= 122 || code === 95 || code > 127;
}

/** The same text with asterisks for the password of every `user:password@host`, with or without a scheme before it. */
export function maskedUserinfo(text: string): string {
  let result = '';
  let done = 0;
  for (const { start, end } of userinfoIn(text)) {
    result += text.slice(done, start) + masked;
    done = end;
  }
  return done === 0 ? text : result + text.slice(done);
}

/** Longer ones are no passwords but text that happens to hold the marks. */
const longest = 400;

/** Where the passwords of `user:password@host` stand in a text. An image with its digest has the same shape and no password. */
export function userinfoIn(text: string): readonly Span[] {
  const found: Span[] = [];
  let floor = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const next = text.charCodeAt(at + 1);
    if (!(isWord(next) || next === 91 /* [ */ || next === 36 /* $ */ || next === 123 /* { */) || text.startsWith('sha256:', at + 1)) continue;
    const least = Math.max(floor, at - longest);
    let start = at;
    while (start > least && !endsUserinfo(text.charCodeAt(start - 1))) start--;
    const scheme = text.lastIndexOf('://', at);
    const begin = scheme >= start ? scheme + 3 : start;
    const colon = text.indexOf(':', begin);
    if (colon < begin || colon >= at - 1 || isStandIn(text.slice(colon + 1, at))) continue;
    // A slash ends the host of an address, so that what follows is a path with an `@` in it.
    if (text.slice(begin, colon).includes('/')) continue;
    found.push({ start: colon + 1, end: at });
    floor = at + 1;
  }
  return found;
}

function endsUserinfo(code: number): boolean {
  return code <= 32 || code === 34 /* " */ || code === 39 /* ' */ || code === 96 /* ` */ || code === 60 /* < */ || code === 62 /* > */ || code === 44 /* , */;
}

/** A variable, a template hole or asterisks let nothing out. */
function isStandIn(text: string): boolean {
  return /^(\$\{[^}]*\}|\$\w+|\{\{[^}]*\}\}|\*+|<[^>]*>|%\w+%)$/.test(text);
}
