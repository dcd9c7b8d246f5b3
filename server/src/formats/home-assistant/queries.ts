import { query } from '#engine/query.js';
import { stated, type Setting } from '#engine/setting.js';
import type { Place, Yaml } from '#notations/yaml.js';
import { onOff, providers, rootOf, views, webServer, wordsOf } from './reading.js';

/** The addresses whose word on who calls is believed. */
export const Proxies = query<Yaml, Place>('home-assistant', 'trusted proxies', (analysis) =>
  views(analysis).flatMap((yaml) => wordsOf(webServer(yaml, analysis)?.get('trusted_proxies') ?? nothing(yaml))));

/** The old password that everyone shared, in either of the places it had. */
export const SharedPasswords = query<Yaml, Place>('home-assistant', 'shared passwords', (analysis) => views(analysis).flatMap((yaml) => {
  const old = webServer(yaml, analysis)?.get('api_password');
  return [...(old?.exists ? [old] : []), ...providers(yaml, 'legacy_api_password')];
}));

/** Whether other web sites may show the interface inside their own pages. */
export const Framing = query<Yaml, Setting<boolean>>('home-assistant', 'framing', (analysis) => views(analysis).flatMap((yaml) => {
  const http = webServer(yaml, analysis);
  const guarded = http && stated(http.get('use_x_frame_options').slot, onOff);
  return guarded ? [guarded] : [];
}));

/** The folders of the machine that automations may read and send. */
export const Folders = query<Yaml, Place>('home-assistant', 'allowed folders', (analysis) => views(analysis).flatMap((yaml) => {
  const core = rootOf(yaml)?.get('homeassistant');
  return core ? ['allowlist_external_dirs', 'whitelist_external_dirs'].flatMap((name) => wordsOf(core.get(name))) : [];
}));

function nothing(tree: Yaml): Place {
  return rootOf(tree)!.get('http', 'nothing');
}
