import type { Embedded } from '#engine/embedded.js';
import type { Yaml } from '#notations/yaml.js';
import { documentIn } from '#notations/yaml-embedded.js';
import { imageDocuments } from '#notations/image-documents.js';
import { environmentsOf, type Environment } from './environment.js';
import { objectsOf, type KubernetesObject } from './objects.js';

/**
 * The files that ConfigMaps and Secrets hold, one under each key. A pod that mounts the object sees them side by side. What a Secret holds in
 * clear is said of the key as a whole.
 */
export function documents(yaml: Yaml): readonly Embedded[] {
  const inObjects = objectsOf(yaml).flatMap((object) =>
    object.group !== '' ? [] : object.kind === 'ConfigMap' ? filesOf(object, 'data') : object.kind === 'Secret' ? filesOf(object, 'stringData').map((file) => ({ ...file, secretsElsewhere: true as const })) : []);
  return [...inObjects, ...environmentsOf(yaml).flatMap(ofVariables)];
}

/** The configuration files that images make of the variables they are given. */
function ofVariables({ image, settings, folder, elsewhere, secretsElsewhere }: Environment): readonly Embedded[] {
  return settings.length === 0 ? [] : imageDocuments(image, settings, folder, elsewhere).map((one) => (secretsElsewhere ? { ...one, secretsElsewhere } : one));
}

function filesOf({ root, name, kind }: KubernetesObject, part: string): readonly Embedded[] {
  return root.get(part).pairs.flatMap((entry) => {
    const file = entry.key.includes('.') ? documentIn(entry, `${kind}/${name}/${entry.key}`) : undefined;
    return file ? [file] : [];
  });
}
