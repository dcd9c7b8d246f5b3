import { query } from '#engine/query.js';
import { stated, type Setting } from '#engine/setting.js';
import type { Place, Yaml } from '#notations/yaml.js';
import { onOff, providers, rootOf, webServer, wordsOf } from './reading.js';

/** The addresses whose word on who calls is believed. */
export const Proxies = query<Yaml, Place>('home-assistant', 'trusted proxies', ({ tree }) => wordsOf(webServer(tree)?.get('trusted_proxies') ?? nothing(tree)));

/** The old password that everyone shared, in either of the places it had. */
export const SharedPasswords = query<Yaml, Place>('home-assistant', 'shared passwords', ({ tree }) => {
  const old = webServer(tree)?.get('api_password');
  return [...(old?.exists ? [old] : []), ...providers(tree, 'legacy_api_password')];
});

/** Whether other web sites may show the interface inside their own pages. */
export const Framing = query<Yaml, Setting<boolean>>('home-assistant', 'framing', ({ tree }) => {
  const guarded = webServer(tree) && stated(webServer(tree)!.get('use_x_frame_options').slot, onOff);
  return guarded ? [guarded] : [];
});

/** The folders of the machine that automations may read and send. */
export const Folders = query<Yaml, Place>('home-assistant', 'allowed folders', ({ tree }) => {
  const core = rootOf(tree)?.get('homeassistant');
  return core ? ['allowlist_external_dirs', 'whitelist_external_dirs'].flatMap((name) => wordsOf(core.get(name))) : [];
});

function nothing(tree: Yaml): Place {
  return rootOf(tree)!.get('http', 'nothing');
}
