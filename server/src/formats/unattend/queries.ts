import { query } from '#engine/query.js';
import type { Setting } from '#engine/setting.js';
import type { Xml } from '#notations/xml.js';
import { remoteDesktops } from './components.js';

export const desktops = query<Xml, Setting<boolean>>('unattend', 'Remote Desktop', ({ tree }) => remoteDesktops(tree));
