import { oncePer } from '#engine/attached.js';
import type { Edit, Span } from '#engine/text.js';
import { imageOf } from '#notations/containers.js';
import { speaksForItself } from '#notations/environment-file.js';
import type { Setting } from '#notations/image-documents.js';
import type { Place, Yaml } from '#notations/yaml.js';
import { documentIn } from '#notations/yaml-embedded.js';
import { containersOf, objectsOf, type Container, type KubernetesObject } from './objects.js';

/** A variable that the file states, where it stands. */
export interface Variable {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly span: Span;
  write(value: string): readonly Edit[];
  remove(): readonly Edit[];
}

/** What a program is given as variables: a container, or an object that hands its entries to containers. */
export interface Environment {
  readonly label: string;
  readonly folder: string;
  readonly image: string | undefined;
  /** Those that the file states, and that are judged here; `${NAME}` where something else fills one in. */
  readonly variables: readonly Variable[];
  /** All of them, those included that are filled in from elsewhere or judged where they are stated; the one that counts last. */
  readonly settings: readonly Setting[];
  /** Why what they leave out may be stated all the same. */
  readonly elsewhere: string | undefined;
  /** What is a secret in it is said of the object as a whole. */
  readonly secretsElsewhere?: true;
}

/** The environments of a file: of its containers, and of the ConfigMaps and Secrets whose entries speak for themselves. */
export const environmentsOf = oncePer((yaml: Yaml): readonly Environment[] => [
  ...objectsOf(yaml).filter(isOfVariables).map(ofObject), ...containersOf(yaml).map((container) => ofContainer(container, objectsOf(yaml)))]);

const parts = (object: KubernetesObject): Place | undefined =>
  object.group !== '' ? undefined : object.kind === 'ConfigMap' ? object.root.get('data') : object.kind === 'Secret' ? object.root.get('stringData') : undefined;

/** Whether entries of an object are variables of a known image or of known meaning, whoever is given them. */
function isOfVariables(object: KubernetesObject): boolean {
  return speaksForItself((parts(object)?.pairs ?? []).map(({ key }) => `${key}=`).join('\n'));
}

function ofObject(object: KubernetesObject): Environment {
  const { label, kind, name } = object;
  const entries = parts(object)!.pairs;
  return {
    label, folder: `${kind}/${name}`, image: undefined,
    variables: entries.map((entry) => variable(label, entry.key, entry, () => entry.remove())),
    settings: entries.map((entry) => settingOf(entry.key, entry)),
    elsewhere: 'what else the container is given decides it',
    ...(kind === 'Secret' && { secretsElsewhere: true }),
  };
}

function variable(label: string, name: string, value: Place, remove: () => readonly Edit[]): Variable {
  const stated = value.text === undefined || /^\$\(\w+\)$/.test(value.text) ? `\${${name}}` : value.text;
  return { label, name, value: stated, span: value.head, write: (to) => value.put(to), remove };
}

/** A variable as a setting; `$(NAME)` and what a template decides is filled in from elsewhere. */
function settingOf(name: string, value: Place): Setting {
  const { text } = value;
  if (text === undefined || /^\$\(\w+\)$/.test(text)) return { name, value: `\${${name}}`, span: value.head, isHere: true };
  return { name, value: text, span: value.head, isHere: true, write: (to) => value.put(to), document: documentIn(value, name) };
}

function ofContainer({ pod, place, name, label }: Container, objects: readonly KubernetesObject[]): Environment {
  const env = place.get('env');
  const items = env.items.filter((item) => item.get('name').text !== undefined);
  const shared = place.get('envFrom').items.map((item) => fromObject(item, objects));
  const own = items.map((item): Setting => {
    const called = item.get('name').text!;
    return item.get('value').exists ? settingOf(called, item.get('value')) : { name: called, value: `\${${called}}`, span: item.head, isHere: true };
  });
  return {
    label, folder: `${pod.owner.kind}/${pod.owner.name}/${name}`, image: imageOf(place.get('image').text ?? '').name,
    variables: items.filter((item) => item.get('value').exists)
      .map((item) => variable(label, item.get('name').text!, item.get('value'), () => item.remove())),
    settings: [...shared.flatMap(({ settings }) => settings), ...own],
    elsewhere: env.obscured ?? env.incomplete ?? shared.find(({ why }) => why !== undefined)?.why
      ?? (place.get('volumeMounts').exists ? 'a file that is mounted may state it' : undefined),
  };
}

/** The entries of an object that a container is given as a whole, where the file holds it; what speaks for itself is judged there. */
function fromObject(item: Place, objects: readonly KubernetesObject[]): { readonly settings: readonly Setting[]; readonly why?: string } {
  const kind = item.get('configMapRef').exists ? 'ConfigMap' : 'Secret';
  const name = item.get(kind === 'ConfigMap' ? 'configMapRef' : 'secretRef', 'name').text;
  const object = objects.find((one) => one.kind === kind && one.name === name && parts(one));
  if (name === undefined || !object || kind === 'Secret') return { settings: [], why: `the ${kind} ${name ?? ''} may state it`.replace('  ', ' ') };
  const isHere = !isOfVariables(object);
  const prefix = item.get('prefix').text ?? '';
  return { settings: parts(object)!.pairs.map((entry) => ({ ...settingOf(`${prefix}${entry.key}`, entry), isHere })) };
}
