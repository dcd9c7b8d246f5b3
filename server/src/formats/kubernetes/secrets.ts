import { withoutTail } from '#engine/text.js';
import { isCredential, isStandIn, namesCredential, namesPlainly, type SecretFields, type SecretUse } from '#concepts/secret.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known } from '#engine/setting.js';
import { imageOf } from '#notations/containers.js';
import { settingsAmong } from '#notations/image-documents.js';
import { imageSettings } from '#notations/image-settings.js';
import type { Place, Yaml } from '#notations/yaml.js';
import { containersOf, objectsOf, type KubernetesObject } from './objects.js';

type SecretFact = Fact & SecretUse & Fields<SecretFields>;

/** The credentials a manifest spells out. The value never leaves this function. */
export function secrets(yaml: Yaml): readonly SecretFact[] {
  const objects = objectsOf(yaml);
  return [...objects.flatMap((object) => (object.kind === 'Secret' && object.group === '' ? secretObject(object) : object.kind === 'ConfigMap' ? configMap(object) : object.kind === 'Config' ? kubeconfig(object) : [])), ...inContainers(yaml)];
}

function secretObject({ root, label }: KubernetesObject): readonly SecretFact[] {
  const sealed = root.get('sops').exists || root.get('metadata', 'annotations', 'kustomize.config.k8s.io/behavior').exists;
  if (sealed) return [];
  const found: SecretFact[] = [];
  for (const [part, kept] of [['data', 'reversible'], ['stringData', 'clear']] as const) {
    for (const entry of root.get(part).pairs) {
      const said = entry.text?.trim();
      if (said === undefined || said.length < 3 || isStandIn(said) || /^(ENC\[|<|vault:|ref\+|op:)/.test(said)) continue;
      const decoded = part === 'data' ? decode(said) : said;
      if (decoded === undefined || decoded.trim().length < 3 || isStandIn(decoded) || (namesPlainly(entry.key) && !isCredential(entry.key, decoded)) || /^(true|false|null|\d{1,3})$/.test(decoded.trim())) continue;
      found.push({ label, span: entry.pair ? { start: entry.head.start, end: entry.head.end } : entry.head, what: `the secret ${entry.key}`, kept: known(kept, entry.head) });
    }
  }
  return found;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The start of what base64 hides, enough to see a stand-in; `undefined` where it is not base64. */
function decode(encoded: string): string | undefined {
  const clean = encoded.replace(/\s+/g, '').slice(0, 400);
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(clean)) return undefined;
  let text = '';
  let bits = 0;
  let held = 0;
  for (const char of withoutTail(clean, '=')) {
    held = (held << 6) | alphabet.indexOf(char);
    bits += 6;
    if (bits >= 8) text += String.fromCharCode((held >> (bits -= 8)) & 255);
    held &= (1 << bits) - 1;
  }
  return text;
}

function configMap({ root, label }: KubernetesObject): readonly SecretFact[] {
  const entries = root.get('data').pairs;
  const settings = settingsAmong(undefined, entries.map(({ key }) => key));
  return entries.flatMap((entry) => (entry.text !== undefined && !settings.has(entry.key) && isCredential(entry.key, entry.text) ? [spelled(label, entry, entry.key)] : []));
}

function kubeconfig({ root }: KubernetesObject): readonly SecretFact[] {
  return root.get('users').items.flatMap((user) => ['password', 'token', 'client-key-data'].flatMap((name) => {
    const place = user.get('user', name);
    const said = place.text;
    return said !== undefined && said.length > 2 && !isStandIn(said) ? [spelled(`The user ${user.get('name').text ?? ''} of this kubeconfig`, place, `the ${name === 'client-key-data' ? 'private key' : name}`, false)] : [];
  }));
}

function inContainers(yaml: Yaml): readonly SecretFact[] {
  return containersOf(yaml).flatMap(({ place, label }) => {
    const image = imageOf(place.get('image').text ?? '').name;
    const ofImage = imageSettings(image)?.credentials ?? [];
    const settings = settingsAmong(image, place.get('env').items.map((item) => item.get('name').text ?? ''));
    const variables = place.get('env').items.flatMap((item): readonly SecretFact[] => {
      const name = item.get('name').text ?? '';
      const value = item.get('value');
      if (value.text === undefined || settings.has(name)) return [];
      const credential = ofImage.find(({ variable }) => variable === name);
      if (!credential) return isCredential(name, value.text) ? [spelled(label, value, name)] : [];
      const kept = credential.values.includes(value.text) ? 'default' : 'clear';
      return isStandIn(value.text) ? [] : [{ label, span: value.head, what: credential.what, kept: known<SecretFields['kept']>(kept, value.head) }];
    });
    return [...variables, ...inArguments(label, [...place.get('command').items, ...place.get('args').items])];
  });
}

/** `--db-password=…`, or a name and its value as two arguments. */
function inArguments(label: string, items: readonly Place[]): readonly SecretFact[] {
  return items.flatMap((item, i) => {
    const match = /^--?([\w.-]{3,80})(?:=([\s\S]+))?$/.exec(item.text ?? '');
    if (!match || !namesCredential(match[1]!)) return [];
    const value = match[2] ?? items[i + 1]?.text;
    return value !== undefined && !value.startsWith('-') && isCredential(match[1]!, value.replace(/^["']|["']$/g, '')) ? [spelled(label, match[2] === undefined ? items[i + 1]! : item, `--${match[1]}`)] : [];
  });
}

function spelled(label: string, place: Place, name: string, quoted = true): SecretFact {
  return { label, span: place.head, what: quoted ? `the credential ${name}` : name, kept: known('clear', place.head) };
}
