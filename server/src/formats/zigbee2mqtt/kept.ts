import { isCredential, isStandIn, type SecretFields, type SecretUse } from '#concepts/secret.js';
import type { Analysis } from '#engine/analysis.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known } from '#engine/setting.js';
import { madeElsewhere, type Place, type Yaml } from '#notations/yaml.js';
import { isReference, referred, rootOf, source } from './reading.js';

type SecretFact = Fact & SecretUse & Fields<SecretFields>;

/** The key every copy of the program holds: dist/util/settings.js. */
const shipped = '1 3 5 7 9 11 13 15 0 2 4 6 8 10 12 13';

/** The credentials of the file, and the key that encrypts the air. Their values never leave this function. */
export function secrets(yaml: Yaml, analysis: Analysis<Yaml>): readonly SecretFact[] {
  const root = rootOf(yaml);
  if (!root) return [];
  return [
    ...plain(root.get('mqtt', 'password'), 'the password of the MQTT broker'),
    ...plain(root.get('frontend', 'auth_token'), 'the token of the web page'),
    ...address(root.get('mqtt', 'server')),
    ...networkKey(root, analysis),
  ];
}

function plain(place: Place, what: string): readonly SecretFact[] {
  if (!place.exists) return [];
  const kept = isReference(place) ? 'referenced' : place.text !== undefined && !isStandIn(place.text) ? 'clear' : undefined;
  return kept ? [{ label: 'This file', span: place.head, what, kept: known(kept, place.head) }] : [];
}

function address(place: Place): readonly SecretFact[] {
  return place.text !== undefined && isCredential('server', place.text)
    ? [{ label: 'This file', span: place.head, what: 'the password of the MQTT broker', kept: known('clear', place.head) }]
    : [];
}

const caution = 'Every Zigbee device must be paired again. Zigbee2MQTT writes the key it makes into this file: move it to secret.yaml afterwards.';

function networkKey(root: Place, analysis: Analysis<Yaml>): readonly SecretFact[] {
  const place = root.get('advanced', 'network_key');
  const fact = { label: 'This file', span: place.head, what: 'the Zigbee network key' };
  if (isReference(place)) {
    const isShipped = referred(place, analysis)?.items.map(({ text }) => Number(text ?? NaN)).join(' ') === shipped;
    return [{ ...fact, kept: known(isShipped ? 'default' : 'referenced', place.head) }];
  }
  if (!place.exists) {
    // Only a file that has the broker or the radio is the whole configuration.
    if (place.obscured !== undefined || !root.get('mqtt').exists) return [];
    return [{ ...fact, kept: { kind: 'default', value: 'default', source, span: place.head, write: () => place.put('GENERATE'), caution } }];
  }
  const numbers = place.items.map(({ text }) => Number(text ?? NaN));
  if (place.text === 'GENERATE') return [{ ...fact, kept: known('referenced', place.head) }];
  if (numbers.length !== 16) return [];
  if (numbers.join(' ') !== shipped) return [{ ...fact, kept: known('clear', place.head) }];
  const list = place.node;
  const start = place.document.start + (list?.start ?? 0);
  const write = () => (list?.kind === 'list' && list.flow ? [{ start, end: place.document.start + list.end, text: 'GENERATE' }] : []);
  return [{ ...fact, kept: { ...known<SecretFields['kept']>('default', place.head, write), caution } }];
}

/** What the program writes down: who joined, what was asked of which device. */
export function auditTrails(yaml: Yaml) {
  const place = rootOf(yaml)?.get('advanced', 'log_output');
  const open = place && place.kind !== 'list' ? madeElsewhere(place) : undefined;
  if (open) return [{ label: 'Zigbee2MQTT', span: open.span, enabled: open }];
  if (place?.kind !== 'list') return [];
  return [
    {
      label: 'Zigbee2MQTT',
      span: place.head,
      enabled: known(place.items.length > 0, place.head, (on) => (on && place.items.length === 0 ? place.append('file') : [])),
    },
  ];
}
