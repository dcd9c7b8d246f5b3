import { query } from '#engine/query.js';
import { stated, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { firstLine, literalAt, slot, type Exported, type Member } from '#notations/object-literal.js';
import { trueFalse } from './facts.js';

/** Whether a function of a flow may fetch packages by itself. */
export const FunctionModules = query<Exported, Setting<boolean>>('node-red', 'modules of functions', ({ tree }) => {
  const on = stated(slot(tree, ['functionExternalModules'], 'literal'), trueFalse);
  return on ? [on] : [];
});

/** What the file hands to every function of every flow. */
export const Handed = query<Exported, { readonly member: Member; readonly span: Span }>('node-red', 'global context', ({ tree }) => {
  const context = literalAt(tree, ['functionGlobalContext']);
  return context?.kind === 'object' ? context.members.map((member) => ({ member, span: firstLine(tree, member) })) : [];
});
