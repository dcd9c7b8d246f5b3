import { query } from '#engine/query.js';
import { setting, stated, type Setting } from '#engine/setting.js';
import type { Yaml } from '#notations/yaml.js';
import { isSecondEdition, rootOf, trueFalse } from './reading.js';

/** Whether any device may join at any time. Releases from 2.0 on take no such setting. */
export const Joining = query<Yaml, Setting<boolean>>('zigbee2mqtt', 'permission to join', (analysis) => {
  const root = rootOf(analysis.tree);
  const join = root && !isSecondEdition(root, analysis) ? stated(root.get('permit_join').slot, trueFalse) : undefined;
  return join ? [join] : [];
});

/** Whether programs in the data folder run. Releases without the switch always run them. */
export const ExternalPrograms = query<Yaml, Setting<boolean>>('zigbee2mqtt', 'external programs', ({ tree }) => {
  const root = rootOf(tree);
  if (!root?.get('mqtt').exists) return [];
  return [
    setting(root.get('advanced', 'enable_external_js').slot, trueFalse, {
      because: 'Zigbee2MQTT runs JavaScript from its data folder unless a release that knows enable_external_js is told not to',
    }),
  ];
});
