import type { Span } from '#engine/text.js';

/** A word that could stand at a place, and what is put there for it. Plain data. */
export interface Completion {
  readonly label: string;
  readonly kind: 'key' | 'value';
  /** A few words beside the label. */
  readonly detail?: string;
  /** Sentences that say what it means. */
  readonly explanation?: string;
  /** What is replaced: a part of one line, with the offset asked about in it. */
  readonly span: Span;
  readonly text: string;
  /** The same for editors that let a person fill in places one after the other: `${1:default}` and `${1|this,that|}` as LSP has them. */
  readonly snippet: string;
}

/** A place to fill in, with what stands there at first. */
export function placeholder(nth: number, text: string): string {
  return `\${${nth}:${verbatim(text)}}`;
}

/** A place to fill in with one of several words, the first of which stands there at first. */
export function choice(nth: number, words: readonly string[]): string {
  return `\${${nth}|${words.map((word) => word.replace(/[\\,|]/g, '\\$&')).join(',')}|}`;
}

/** Text without a meaning in a snippet. */
export function verbatim(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
