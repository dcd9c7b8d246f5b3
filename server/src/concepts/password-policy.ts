import { concept } from '#engine/concept.js';

/** What passwords people may choose, and how they are kept. */
export const PasswordPolicy = concept<PasswordPolicyFields, PasswordPolicyScope>('PasswordPolicy');

export interface PasswordPolicyFields {
  /** Whether a password or passcode is asked for at all. */
  required: boolean;
  /** Least number of characters. */
  length: number;
  /** How many kinds of character must be mixed, 0 to 4. */
  classes: number;
  /** Earlier passwords that may not be used again. */
  history: number;
  /** Days after which a password must change; `Infinity` for never. */
  maximumAge: number;
  /** Days before which a password cannot be changed again. */
  minimumAge: number;
  /** `weak`: fast or unsalted; `reversible`: can be turned back into the password. */
  hash: 'strong' | 'weak' | 'reversible' | 'none';
  /** Whether runs and repeats such as 1234 and 1111 are accepted. */
  simple: boolean;
  /** Whether common and known-leaked passwords are refused. */
  dictionary: boolean;
  /** Whether the policy also binds administrators. */
  bindsAdministrators: boolean;
}

export interface PasswordPolicyScope {
  /** `device passcode`: typed on a phone or tablet, whose hardware slows guessing down, so that a shorter one does. */
  readonly of?: 'device passcode' | undefined;
}
