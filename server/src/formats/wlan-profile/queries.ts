import { query } from '#engine/query.js';
import { known, type Setting } from '#engine/setting.js';
import { descend, type Xml } from '#notations/xml.js';
import { joining, networks, serverNames } from './networks.js';

/** Networks with one key for everybody. */
export const shared = query<Xml, { readonly label: string; readonly oneKey: Setting<boolean> }>('wlan-profile', 'keys that are shared', ({ tree }) => networks(tree)
  .filter(({ encryption, authentication }) => encryption !== 'NONE' && encryption !== '' && authentication !== 'OWE')
  .map(({ label, authentication, personal, pair }) => ({ label, oneKey: known(!personal && /PSK$|^WPA3SAE$/.test(authentication), (descend(pair, 'authentication') ?? pair).span) })));

export const names = query<Xml, { readonly label: string; readonly named: Setting<boolean> }>('wlan-profile', 'names of servers', ({ tree }) => serverNames(tree));

export const joins = query<Xml, ReturnType<typeof joining>[number]>('wlan-profile', 'joining', ({ tree }) => joining(tree));
