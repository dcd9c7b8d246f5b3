import type { Embedded } from '#engine/embedded.js';
import type { Yaml } from '#notations/yaml.js';
import { documentIn } from '#notations/yaml-embedded.js';
import { objectsOf, type KubernetesObject } from './objects.js';

/**
 * The files that ConfigMaps and Secrets hold, one under each key. A pod that mounts the object sees them side by side. What a Secret holds in
 * clear is said of the key as a whole.
 */
export function documents(yaml: Yaml): readonly Embedded[] {
  return objectsOf(yaml).flatMap((object) =>
    object.group !== '' ? [] : object.kind === 'ConfigMap' ? filesOf(object, 'data') : object.kind === 'Secret' ? filesOf(object, 'stringData').map((file) => ({ ...file, secretsElsewhere: true as const })) : []);
}

function filesOf({ root, name, kind }: KubernetesObject, part: string): readonly Embedded[] {
  return root.get(part).pairs.flatMap((entry) => {
    const file = entry.key.includes('.') ? documentIn(entry, `${kind}/${name}/${entry.key}`) : undefined;
    return file ? [file] : [];
  });
}
