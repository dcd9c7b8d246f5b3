import { query } from '#engine/query.js';
import type { Ini } from '#notations/ini.js';
import { contested, forwarding, overwritten, repeatedKeys, type Matter } from './peers.js';

export const savedFiles = query<Ini, Matter>('wireguard', 'saved files', ({ tree }) => overwritten(tree));
export const peerKeys = query<Ini, Matter>('wireguard', 'keys of peers', ({ tree }) => repeatedKeys(tree));
export const addresses = query<Ini, Matter>('wireguard', 'addresses of peers', ({ tree }) => contested(tree));
export const forwards = query<Ini, Matter>('wireguard', 'forwarding', ({ tree }) => forwarding(tree));
