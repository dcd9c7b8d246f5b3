import { concept } from '#engine/concept.js';

/** The account a program uses in its database. */
export const DatabaseAccount = concept<DatabaseAccountFields>('DatabaseAccount');

export interface DatabaseAccountFields {
  /** Whether it is the account that administers the whole database server. */
  administrator: boolean;
}
