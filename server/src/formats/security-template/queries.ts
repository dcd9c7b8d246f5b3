import { integer } from '#engine/codec.js';
import { query } from '#engine/query.js';
import { stated, type Setting } from '#engine/setting.js';
import { heldCredentials, leastSize, type Hardening, type LogSize } from '#notations/windows-hardening.js';
import { audited, minimumAge } from './accounts.js';
import { value, type Template } from './template.js';

export const held = query<Template, Hardening>('security-template', 'log-ins held in memory', ({ tree }) => heldCredentials(tree.registry));

/** `MaximumLogSize` is in kibibytes. */
export const logs = query<Template, LogSize>('security-template', 'sizes of logs', ({ tree }) => ['Security', 'System', 'Application'].flatMap((name) => {
  const size = stated(value(tree, `${name} Log`, 'MaximumLogSize'), integer);
  const log = name.toLowerCase();
  return size ? [{ log, least: leastSize(log), size }] : [];
}));

export const minimumAges = query<Template, { readonly days: Setting<number>; readonly history: Setting<number> | undefined }>('security-template', 'least age of passwords', ({ tree }) => [minimumAge(tree) ?? []].flat());

/** What a person who guesses leaves behind. */
export const loginAudits = query<Template, { readonly what: string; readonly level: Setting<number> }>('security-template', 'records of log-ins', ({ tree }) =>
  audited(tree).filter(({ name }) => name === 'AuditLogonEvents' || name === 'AuditAccountLogon'));
