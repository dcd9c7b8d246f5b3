import { query } from '#engine/query.js';
import type { RegFile } from '#notations/reg.js';
import { exclusions, heldCredentials, logSizes, nameLookups, oldFileSharing, recovery, remoteDesktop, type Exclusion, type Hardening, type LogSize } from '#notations/windows-hardening.js';

export const held = query<RegFile, Hardening>('registry-file', 'log-ins held in memory', ({ tree }) => heldCredentials(tree));
export const oldSharing = query<RegFile, Hardening>('registry-file', 'SMB 1', ({ tree }) => oldFileSharing(tree));
export const desktops = query<RegFile, Hardening>('registry-file', 'Remote Desktop', ({ tree }) => remoteDesktop(tree));
export const lookups = query<RegFile, Hardening>('registry-file', 'look-ups of names', ({ tree }) => nameLookups(tree));
export const recoveryKeys = query<RegFile, Hardening>('registry-file', 'recovery keys', ({ tree }) => recovery(tree));
export const logs = query<RegFile, LogSize>('registry-file', 'sizes of logs', ({ tree }) => logSizes(tree));
export const unscanned = query<RegFile, Exclusion>('registry-file', 'exclusions of the scanner', ({ tree }) => exclusions(tree));
