import { concept } from '#engine/concept.js';

/** A way to sign in: who may, and how they prove it. */
export const Login = concept<LoginFields>('Login');

export interface LoginFields {
  /** Whether one may come in without saying who one is. */
  anonymous: boolean;
  /** Whether an account without a password may sign in. */
  emptyPassword: boolean;
  /** Whether the account shared by all administrators may sign in from the network. */
  root: 'no' | 'key only' | 'yes';
  /** `weak`: the password travels in clear or under a broken hash. `imitable`: a copy, such as a picture, will do. `none`: nothing is proven. */
  method: 'none' | 'weak' | 'imitable' | 'password' | 'strong';
  /** Whether who asks has proven who they are before a session is opened for them. */
  provenFirst: boolean;
  /** Whether log-ins that are kept or passed on lie where malicious software can take them. */
  exposed: boolean;
  /** Whether the log-in screen gives the names of accounts to whoever stands before it. */
  namesShown: boolean;
  /** Whether accounts that the organization does not manage may sign in or be added. */
  outsideAccounts: boolean;
  /** Whether a well-known, shipped account or password still works. */
  defaultCredential: boolean;
  /** Whether two of knowledge, possession and inherence are asked for. */
  secondFactor: boolean;
  /** From where a management log-in is accepted. */
  sources: 'any' | 'restricted';
  /** Whether pages of any web site may use it through the browser of whoever opens them. */
  anySite: boolean;
  /** Whether they may do so with the log-in that the browser holds. */
  anySiteSignedIn: boolean;
}
