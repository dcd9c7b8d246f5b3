import { query } from '#engine/query.js';
import { refusals, shownPasswords, type Matter } from './meanings.js';
import type { Options } from './options.js';

/** Passwords in the log. */
export const passwordLogs = query<Options, Matter>('ppp-options', 'passwords in the log', ({ tree }) => shownPasswords(tree));
/** What this end refuses to sign in with. */
export const ownRefusals = query<Options, Matter & { readonly missing: readonly string[] }>('ppp-options', 'refused methods', ({ tree }) => refusals(tree));
