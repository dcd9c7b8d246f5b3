import { oneOf } from '#engine/codec.js';
import { query } from '#engine/query.js';
import { inReleases, type Changed } from '#engine/release.js';
import { setting, stated, type Setting } from '#engine/setting.js';
import { isStated, slot, type Hocon } from '#notations/hocon.js';
import { releasesByImage } from '#notations/running-images.js';

/** What its schema has where `no_match` is left out. */
const noMatch: Changed<'allow' | 'deny'> = { product: 'EMQX', page: 'authorization', values: [['5.0', 'allow'], ['6.0', 'deny']], to: '6.1' };
/** The images of the broker, whose tags are its releases. */
const broker = /(?:^|\/)emqx(?:-enterprise|-ee)?$/;

/** What happens to a topic no rule names. */
export const Unnamed = query<Hocon, Setting<'allow' | 'deny'>>('emqx', 'topics no rule names', (analysis) => {
  const { tree } = analysis;
  const word = oneOf('allow', 'deny');
  const fourth = stated(slot(tree, ['acl_nomatch']), word);
  if (fourth) return [fourth];
  if (!isStated(tree, ['authorization'])) return [];
  return [setting(slot(tree, ['authorization', 'no_match']), word, inReleases(noMatch, releasesByImage(analysis, broker), 'state no_match'))];
});
