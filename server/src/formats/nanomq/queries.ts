import { oneOf } from '#engine/codec.js';
import { query } from '#engine/query.js';
import { setting, type Setting } from '#engine/setting.js';
import { isStated, slot, type Hocon } from '#notations/hocon.js';
import { authPlace, source } from './facts.js';

/** What happens to a topic no rule names. */
export const Unnamed = query<Hocon, Setting<'allow' | 'deny'>>('nanomq', 'topics no rule names', ({ tree }) =>
  ['auth', 'listeners'].some((name) => isStated(tree, [name]))
    ? [setting({ ...slot(tree, ['auth', 'no_match']), span: authPlace(tree, 'no_match') }, oneOf('allow', 'deny'), { value: 'allow', source })]
    : [],
);
