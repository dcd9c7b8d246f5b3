import { query } from '#engine/query.js';
import type { Setting } from '#engine/setting.js';
import { audited } from './accounts.js';
import type { Template } from './template.js';

/** What a person who guesses leaves behind. */
export const loginAudits = query<Template, { readonly what: string; readonly level: Setting<number> }>('security-template', 'records of log-ins', ({ tree }) =>
  audited(tree).filter(({ name }) => name === 'AuditLogonEvents' || name === 'AuditAccountLogon'));
