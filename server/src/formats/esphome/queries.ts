import type { Analysis } from '#engine/analysis.js';
import { query } from '#engine/query.js';
import { documented } from '#engine/release.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import type { Place, Yaml } from '#notations/yaml.js';
import { component, elsewhere, entriesOf, isGiven, rootOf, views, type Stated } from './reading.js';

/** One way to load a program into the device over the network, and whether it asks for a password or key. */
export interface Update {
  readonly label: string;
  readonly guarded: Setting<boolean>;
}

export const Updates = query<Yaml, Update>('esphome', 'updates over the network', (analysis) => views(analysis).flatMap((yaml): readonly Update[] => {
  const root = rootOf(yaml);
  const section = component(root, 'ota');
  if (!root || !section) return [];
  if (section.kind === 'scalar') return [{ label: 'The device', guarded: undetermined(section.head, section.obscured ?? 'the section stands elsewhere') }];
  if (section.kind === 'null') return [{ label: 'The device', guarded: absent(analysis, section, ['ota.password', 'ota.encryption']) }];
  return entriesOf(section).flatMap((entry): readonly Update[] => {
    const platform = entry.get('platform').text ?? 'esphome';
    if (platform === 'web_server') {
      const auth = root.get('web_server', 'auth');
      return [{ label: 'The web page of the device', guarded: auth.exists ? known(true, auth.head) : absent(analysis, entry, ['web_server.auth']) }];
    }
    if (platform !== 'esphome') return [];
    const guard = [entry.get('password'), entry.get('encryption')].find((place) => isGiven(place) || (place.exists && place.key === 'encryption'));
    return [{ label: 'The device', guarded: guard ? known(true, guard.head) : absent(analysis, entry, ['ota.password', 'ota.encryption']) }];
  });
}));

function absent(analysis: Analysis<Yaml>, section: Place, paths: readonly Stated[]): Setting<boolean> {
  const other = elsewhere(analysis, paths);
  return typeof other === 'object' ? undetermined(section.head, other.because) : known(other === 'stated', section.head);
}

/** How a device that serves values over Bluetooth is paired: without a display or keys nothing is compared. */
export const Pairing = query<Yaml, Setting<string>>('esphome', 'pairing', (analysis) => views(analysis).flatMap((yaml): readonly Setting<string>[] => {
  const root = rootOf(yaml);
  if (!root || !component(root, 'esp32_ble_server')) return [];
  const capability = root.get('esp32_ble', 'io_capability');
  if (capability.text !== undefined) return [known(capability.text.toLowerCase(), capability.head)];
  const other = capability.exists ? { because: capability.obscured ?? 'it stands elsewhere' } : elsewhere(analysis, ['esp32_ble.io_capability']);
  const because = other === 'stated' ? 'another file states it' : other?.because;
  return [
    because === undefined
      ? { kind: 'default', value: 'none', source: documented('ESPHome', '2023.2 to 2026.6', 'components/esp32_ble'), span: root.get('esp32_ble_server').head, write: () => [] }
      : undetermined(root.get('esp32_ble_server').head, because),
  ];
}));
