import type { SoftwareFields } from '#concepts/software.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, undetermined } from '#engine/setting.js';
import { isVersioned } from '#notations/containers.js';
import type { Yaml } from '#notations/yaml.js';
import { containersOf } from './objects.js';

/** The programs of the pods that are no part of Kubernetes itself. */
export function software(yaml: Yaml): readonly (Fact & Fields<SoftwareFields>)[] {
  return containersOf(yaml).filter(({ pod }) => !pod.isComponent).flatMap(({ place, label }) => {
    const image = place.get('image');
    if (!image.exists) return [];
    const { text, head: span } = image;
    return [{ label, span, versioned: text === undefined ? undetermined(span, image.obscured ?? 'no image is named') : known(isVersioned(text), span) }];
  });
}
