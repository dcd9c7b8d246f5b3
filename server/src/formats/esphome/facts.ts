import { isCredential, namesCredential, type SecretFields, type SecretUse } from '#concepts/secret.js';
import type { LoginFields } from '#concepts/login.js';
import type { Analysis } from '#engine/analysis.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, undetermined } from '#engine/setting.js';
import type { Place, Yaml } from '#notations/yaml.js';
import { component, elsewhere, entriesOf, isInPackage, rootOf } from './reading.js';

/** The pages of the device, its camera, and the setting up over Bluetooth. */
export function logins(yaml: Yaml, analysis: Analysis<Yaml>): readonly (Fact & Fields<LoginFields>)[] {
  const root = rootOf(yaml);
  if (!root) return [];
  return [...webPage(root, analysis), ...cameras(root), ...improv(root)];
}

function webPage(root: Place, analysis: Analysis<Yaml>): readonly (Fact & Fields<LoginFields>)[] {
  const section = component(root, 'web_server');
  if (!section) return [];
  const auth = section.get('auth');
  const other = section.kind === 'scalar' ? { because: section.obscured ?? 'the section stands elsewhere' } : auth.exists ? 'stated' : elsewhere(analysis, ['web_server.auth']);
  return [
    {
      label: 'The web page of the device',
      span: section.head,
      anonymous: typeof other === 'object' ? undetermined(section.head, other.because) : known(other !== 'stated', auth.exists ? auth.head : section.head),
    },
  ];
}

/** The pictures are handed to whoever asks: the component has no log-in. */
function cameras(root: Place): readonly (Fact & Fields<LoginFields>)[] {
  const section = component(root, 'esp32_camera_web_server');
  return section ? entriesOf(section).map((camera) => ({ label: 'The camera of the device', span: camera.head, anonymous: known(true, camera.head) })) : [];
}

function improv(root: Place): readonly (Fact & Fields<LoginFields>)[] {
  const authorizer = root.get('esp32_improv', 'authorizer');
  if (!authorizer.exists) return [];
  const text = authorizer.kind === 'null' ? 'none' : authorizer.text;
  return text === undefined && authorizer.obscured !== undefined && authorizer.kind === 'scalar'
    ? [{ label: 'Setting up the device over Bluetooth', span: authorizer.head, anonymous: undetermined(authorizer.head, authorizer.obscured) }]
    : [{ label: 'Setting up the device over Bluetooth', span: authorizer.head, anonymous: known(/^(none|false)$/i.test(text ?? ''), authorizer.head) }];
}

/** The credentials the file writes out. */
export function secrets(yaml: Yaml): readonly (Fact & SecretUse & Fields<SecretFields>)[] {
  const root = rootOf(yaml);
  if (!root) return [];
  return [...root.descend()].flatMap((place) => {
    if (!place.pair || place.kind !== 'scalar' || isInPackage(place)) return [];
    const name = nameOf(place);
    const fact = { label: 'This file', span: place.head, what: `the ${name.replaceAll('_', ' ')} of ${sectionOf(place)}` };
    if (place.tag === '!secret') return namesCredential(name) ? [{ ...fact, kept: known<SecretFields['kept']>('referenced', place.head) }] : [];
    return place.text !== undefined && isCredential(name, place.text) ? [{ ...fact, kept: known<SecretFields['kept']>('clear', place.head) }] : [];
  });
}

/** `key` says nothing by itself: it is a credential below `encryption`. */
const nameOf = (place: Place) => (place.key === 'key' && place.parent?.key === 'encryption' ? 'encryption_key' : place.key);

function sectionOf(place: Place): string {
  let at = place;
  while (at.parent?.parent) at = at.parent;
  return at.key || 'this file';
}
