import { query } from '#engine/query.js';
import { exclusions as kept, nameLookups, oldFileSharing, type Exclusion, type Hardening } from '#notations/windows-hardening.js';
import { exclusions } from './commands.js';
import type { Script } from './index.js';

export const unscanned = query<Script, Exclusion>('windows-script', 'exclusions of the scanner', ({ tree }) => [...exclusions(tree), ...kept(tree.registry)]);
export const oldSharing = query<Script, Hardening>('windows-script', 'SMB 1', ({ tree }) => oldFileSharing(tree.registry));
export const lookups = query<Script, Hardening>('windows-script', 'look-ups of names', ({ tree }) => nameLookups(tree.registry));
