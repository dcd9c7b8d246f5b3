import { concept } from '#engine/concept.js';

/** A credential in a file. The fact never holds the credential, only how it is kept. */
export const Secret = concept<SecretFields, SecretUse>('Secret');

export interface SecretFields {
  /**
   * `clear`: readable as it stands. `reversible`: encoded or encrypted with a known key. `weak hash`: can be guessed fast.
   * `default`: the value the product ships with. `hashed`, `referenced`: as it should be.
   */
  kept: 'clear' | 'reversible' | 'weak hash' | 'default' | 'hashed' | 'referenced';
}

export interface SecretUse {
  /** What the credential opens, as a noun phrase: `the SNMP community`, `the database password`. */
  readonly what: string;
}

/**
 * Whether a text is a stand-in and no credential: empty, a variable, a template hole, a file reference, or a word
 * such as `changeme` in angle brackets.
 */
export function isStandIn(text: string): boolean {
  return /^$|^\$|\$\{|\{\{|^<.*>$|^%\w+%$|^\*+$|^x{3,}$|^REDACTED$|^REPLACE/i.test(text.trim());
}
