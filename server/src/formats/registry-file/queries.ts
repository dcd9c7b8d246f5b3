import { query } from '#engine/query.js';
import type { RegFile } from '#notations/reg.js';
import { heldCredentials, recovery, remoteDesktop, type Hardening } from '#notations/windows-hardening.js';

export const held = query<RegFile, Hardening>('registry-file', 'log-ins held in memory', ({ tree }) => heldCredentials(tree));
export const desktops = query<RegFile, Hardening>('registry-file', 'Remote Desktop', ({ tree }) => remoteDesktop(tree));
export const recoveryKeys = query<RegFile, Hardening>('registry-file', 'recovery keys', ({ tree }) => recovery(tree));
