import { query } from '#engine/query.js';
import { known, type Setting } from '#engine/setting.js';
import { presence, slot, type Defines } from '#notations/defines.js';
import { Settings } from './settings.js';

/** Whether a command is taken from a link on any page. */
export const anyReferer = query<Defines, Setting<boolean>>('tasmota', 'commands from links', ({ tree }) => {
  const settings = new Settings(tree);
  if (!settings.names('DISABLE_REFERER_CHK')) return [];
  const place = presence(tree, 'DISABLE_REFERER_CHK');
  const stated = settings.stated('DISABLE_REFERER_CHK', 'plain');
  if (place.obscured !== undefined) return [settings.defined('DISABLE_REFERER_CHK')];
  return [known(
    place.raw === 'yes' && stated !== 'false',
    place.span,
    (open) => (open ? [] : stated === 'true' ? slot(tree, 'DISABLE_REFERER_CHK', 'plain').write('false') : place.write('no')),
  )];
});
