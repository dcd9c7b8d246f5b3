import { oneOf } from '#engine/codec.js';
import { query } from '#engine/query.js';
import { setting, stated, type Setting } from '#engine/setting.js';
import { isStated, slot, type Hocon } from '#notations/hocon.js';

/** What happens to a topic no rule names. */
export const Unnamed = query<Hocon, Setting<'allow' | 'deny'>>('emqx', 'topics no rule names', ({ tree }) => {
  const word = oneOf('allow', 'deny');
  const fourth = stated(slot(tree, ['acl_nomatch']), word);
  if (fourth) return [fourth];
  if (!isStated(tree, ['authorization'])) return [];
  return [setting(slot(tree, ['authorization', 'no_match']), word, { because: 'without no_match the release decides, and most allow what no rule names' })];
});
