import { oncePer } from '#engine/attached.js';
import { yesNo } from '#engine/codec.js';
import { documented, type Source } from '#engine/release.js';
import { table } from '#engine/table.js';
import type { Place, Yaml } from '#notations/yaml.js';

/** A page of the documentation of Kubernetes, and the releases for which it says the same of what is left out. */
export const reference = (page: string): Source => documented('Kubernetes', '1.20 to 1.37', page);

/** The objects of a file, as they hold amid other files. */
export interface Manifests extends Yaml {
  /** An object as kustomizations leave it. */
  readonly inForce?: (root: Place, object: { readonly kind: string; readonly name: string }) => Place;
}

/** One object of a manifest, be it a document or an item of a `List`. */
export interface KubernetesObject {
  readonly kind: string;
  /** The part of apiVersion before the slash; empty for the core group. */
  readonly group: string;
  readonly name: string;
  /** As stated; absent when the one who applies it decides. */
  readonly namespace: string | undefined;
  readonly root: Place;
  /** `The Deployment api`. */
  readonly label: string;
}

/** What runs: the pod an object describes, or makes. */
export interface Pod {
  readonly owner: KubernetesObject;
  readonly spec: Place;
  /** Where its labels and annotations stand. */
  readonly metadata: Place;
  readonly containers: readonly Container[];
  /** Whether it is a part of Kubernetes itself, which needs the host to do its work. */
  readonly isComponent: boolean;
}

export interface Container {
  readonly pod: Pod;
  readonly place: Place;
  readonly name: string;
  readonly label: string;
}

/** Kubernetes reads booleans as YAML 1.1 does. */
export const trueFalse = yesNo(['true', 'yes', 'on', 'y'], ['false', 'no', 'off', 'n']);

/** The objects of a file, in order. */
export const objectsOf = oncePer((yaml: Manifests): readonly KubernetesObject[] => yaml.documents.flatMap(({ root }) => read(root, 0, yaml)));

function read(root: Place, depth: number, yaml: Manifests): readonly KubernetesObject[] {
  const kind = root.get('kind').text;
  if (kind === undefined) return root.kind === 'list' && depth === 0 ? root.items.flatMap((item) => read(item, 1, yaml)) : [];
  if (/List$/.test(kind) && root.get('items').kind === 'list' && depth < 3) return root.get('items').items.flatMap((item) => read(item, depth + 1, yaml));
  const version = root.get('apiVersion').text ?? '';
  const metadata = root.get('metadata');
  const name = metadata.get('name').text ?? metadata.get('generateName').text ?? '';
  const namespace = metadata.get('namespace').text;
  return [{ kind, group: version.includes('/') ? version.slice(0, version.indexOf('/')) : '', name, namespace, root: yaml.inForce?.(root, { kind, name }) ?? root, label: name === '' ? `The ${kind}` : `The ${kind} ${name}` }];
}

/** Where the pod of an object stands, by kind. */
const podPaths: Readonly<Record<string, readonly string[]>> = table({
  Pod: [], PodTemplate: ['template'], CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  Deployment: ['spec', 'template'], StatefulSet: ['spec', 'template'], DaemonSet: ['spec', 'template'], Job: ['spec', 'template'], ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'], DeploymentConfig: ['spec', 'template'], Rollout: ['spec', 'template'], Revision: [], Configuration: ['spec', 'template'],
});

/** An option that names a component, such as `--kubelet-service=kube-system/kubelet`, starts none. */
const components = /^(?!-)(?:[^]*\/)?(kube-apiserver|kube-controller-manager|kube-scheduler|kube-proxy|kubelet|etcd|hyperkube)(\s|$)/;

/** The pods of a file. */
export const podsOf = oncePer((yaml: Yaml): readonly Pod[] => objectsOf(yaml).flatMap(podOf));

function podOf(owner: KubernetesObject): readonly Pod[] {
  const path = owner.kind === 'Service' && owner.group === 'serving.knative.dev' ? ['spec', 'template'] : Object.hasOwn(podPaths, owner.kind) ? podPaths[owner.kind] : undefined;
  if (!path) return [];
  const template = owner.root.get(...path);
  const spec = template.get('spec');
  if (spec.kind !== 'map' || spec.get('os', 'name').text === 'windows') return [];
  const places = [...spec.get('initContainers').items, ...spec.get('containers').items, ...spec.get('ephemeralContainers').items].filter(({ kind }) => kind === 'map');
  const started = places.map((place) => place.get('command', 0).text ?? place.get('args', 0).text ?? '');
  const pod: { -readonly [K in keyof Pod]: Pod[K] } = { owner, spec, metadata: template.get('metadata'), containers: [], isComponent: started.some((command) => components.test(command)) };
  pod.containers = places.map((place) => {
    const name = place.get('name').text ?? '';
    return { pod, place, name, label: name === '' ? `A container of ${owner.label.replace(/^The/, 'the')}` : `The container ${name}` };
  });
  return [pod];
}

/** Every container of a file. */
export function containersOf(yaml: Yaml): readonly Container[] {
  return podsOf(yaml).flatMap(({ containers }) => containers);
}

/** The annotation of an object, as text. */
export function annotation({ root }: KubernetesObject, name: string): string | undefined {
  return root.get('metadata', 'annotations', name).text;
}
