import { query } from '#engine/query.js';
import type { Setting } from '#engine/setting.js';
import { heldCredentials, type Hardening } from '#notations/windows-hardening.js';
import { audited } from './accounts.js';
import type { Template } from './template.js';

export const held = query<Template, Hardening>('security-template', 'log-ins held in memory', ({ tree }) => heldCredentials(tree.registry));

/** What a person who guesses leaves behind. */
export const loginAudits = query<Template, { readonly what: string; readonly level: Setting<number> }>('security-template', 'records of log-ins', ({ tree }) =>
  audited(tree).filter(({ name }) => name === 'AuditLogonEvents' || name === 'AuditAccountLogon'));
