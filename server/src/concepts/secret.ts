import { concept } from '#engine/concept.js';
import { known } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { credentialsNear } from './credential-text.js';

/** A credential in a file. The fact never holds the credential, only how it is kept and where it stands. */
export const Secret = concept<SecretFields, SecretUse>('Secret', ({ span, kept, credential }, text) => {
  if (credential) return [credential];
  return !kept || kept.kind === 'undetermined' || kept.value === 'referenced' ? [] : credentialsNear(text, shorter(kept.span, span));
});

const shorter = (a: Span, b: Span): Span => (b.end - b.start < a.end - a.start ? b : a);

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
  /** Where the credential itself stands, if its statement does not tell (see {@link credentialsNear}). */
  readonly credential?: Span | undefined;
}

/**
 * Whether a text is a stand-in and no credential: empty, a variable, a template hole, a file reference, or a word
 * such as `changeme` in angle brackets.
 */
export function isStandIn(text: string): boolean {
  return /^$|^\$|\$\{|\{\{|^<.*>$|^%\w+%$|^\*+$|^x{3,}$|^REDACTED$|^REPLACE/i.test(text.trim());
}

/**
 * Whether a setting of this name with this value is a credential written out: the name says so and the value is no stand-in,
 * switch, number, path or reference; or the value alone gives itself away, such as a private key or a URL with a password.
 */
export function isCredential(name: string, value: string): boolean {
  const said = value.trim();
  if (said.length < 3 || isStandIn(said)) return false;
  if (/^-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(said) || /^(AKIA|ASIA)[A-Z0-9]{16}$/.test(said) || /^gh[pousr]_\w{30,}$/.test(said)) return true;
  const inUrl = /^[a-z][a-z0-9+.-]{1,30}:\/\/[^/\s:@]{0,100}:([^/\s@]{1,200})@/i.exec(said)?.[1];
  if (inUrl !== undefined) return !isStandIn(inUrl);
  return namesCredential(name) && !isReference(said);
}

/** Whether a name is that of a credential: `DB_PASSWORD`, `apiKey`, not `PASSWORD_FILE` or `token_ttl`. */
export function namesCredential(name: string): boolean {
  const words = name.slice(0, 200).replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase().split(/[^a-z0-9]+/).filter(Boolean);
  const last = words.at(-1) ?? '';
  const said = words.join('_');
  if (/^(pass|pwd|password|passwd|passphrase|passcode|secret|token|apikey|psk|credential|credentials)\d*$/.test(last)) return !/^(public|csrf|xsrf)_/.test(said);
  if (/^\w*(password|passwd)\d*$/.test(last)) return true;
  return /(^|_)(api|access|secret|private|enc|encryption|crypto|signing|master|account|auth|storage|jwt|session|license)_key(_?(base|base64|value|b64))?$/.test(said) || /(^|_)(password|secret|token)_(value|key|base64|base|b64|data)$/.test(said);
}

/** What a file spells out under a name, as a fact where it is a credential. The credential itself goes nowhere. */
export function spelledOut(label: string, name: string, value: string, span: Span) {
  if (!isCredential(name, value)) return [];
  return [{ label, span, what: namesCredential(name) ? `the value of ${name.slice(0, 60)}` : 'a password', kept: known<SecretFields['kept']>('clear', span) }];
}

/** Switches, numbers, paths, plain addresses, references to a store of secrets, and text that is already encrypted or hashed. */
function isReference(said: string): boolean {
  return (
    /^(true|false|yes|no|on|off|none|null|nil|disabled|enabled|required|optional|default|env|file|vault|secret|password|token|-?\d{1,3}(\.\d+)?[smhd]?)$/i.test(said) && !/^(password|secret|default|token)$/i.test(said) ||
    /^(\.{0,2}\/|[a-z]:\\|~\/)/i.test(said) && said.length < 200 ||
    /^(vault|ref\+|file|env|arn|aws|gcp|azurekeyvault|projects\/|op|secretref|ssm|sm|keyvault|bao|sops|ksm|https?|kms):/i.test(said) || /^projects\//.test(said) ||
    /\$\(|\$[A-Z_]{2,}|^ENC\[|^ENC\(|^AQICA|^\$(1|2[aby]|5|6|argon2|pbkdf2|scrypt|y)\$|^\{(SSHA|SSHA512|CRYPT|ARGON2|PBKDF2)/.test(said)
  );
}
